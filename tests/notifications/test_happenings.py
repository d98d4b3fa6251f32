"""What other features mail stands here too, in the transaction of the mail: each template as a kind, or with a reason why not."""

from datetime import timedelta
from pathlib import Path

import pytest

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.mail import OutgoingMail, queue_mail
from cityexchange.notifications.happenings import KIND_OF, MAIL_ALONE, WAITING
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.models import Notification
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.receivers import remind
from tests.factories import MemberFactory, SpaceFactory
from tests.notifications.told import told
from tests.services import ROOT
from tests.visits.factories import draft_application, open_visit
from tests.workshops.factories import WorkshopFactory

OWN = ("notifications", "digest")
"""Folders of mails that tell what stands here already."""


def templates():
    found = Path(ROOT, "templates", "mail").glob("*/*.subject.txt")
    names = {str(one.relative_to(one.parents[1])).removesuffix(".subject.txt") for one in found}
    return {name for name in names if name.partition("/")[0] not in OWN}


@pytest.mark.no_app
def test_each_mail_is_a_kind_of_happening_or_has_a_reason_to_be_a_mail_alone():
    known = set(KIND_OF) | set(MAIL_ALONE)
    assert templates() - known == set(), "name their kind in cityexchange/notifications/happenings.py"
    assert not set(KIND_OF) & set(MAIL_ALONE)
    assert set(KIND_OF.values()) <= set(KINDS)
    assert {one.template for one in WAITING} <= {name for name, kind in KIND_OF.items() if kind == "request"}
    assert all(MAIL_ALONE.values())


def happenings_of(member):
    lines = db.select(Notification).filter_by(member_id=member.id).order_by(Notification.id)
    return [(line.kind, line.template) for line in db.session.scalars(lines)]


def test_a_workshop_tells_of_places_decisions_and_changes():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    first, second = MemberFactory.create_batch(2)
    place = workshop.register(first, "in_person", "en")
    workshop.register(second, "in_person", "en")
    place.withdraw()
    workshop.cancel(None, "The hall was flooded")

    assert happenings_of(first) == [("decision", "workshops/place"), ("change", "workshops/withdrawn")]
    assert happenings_of(second) == [
        ("decision", "workshops/waiting"), ("place", "workshops/promoted"), ("change", "workshops/cancelled"),
    ]  # fmt: skip
    [line] = db.session.scalars(db.select(Notification).filter_by(template="workshops/cancelled"))
    assert (line.record_type, line.conversation) == ("Registration", f"workshop:{workshop.id}")
    assert line.facts == {"change_id": workshop.changes[-1].id}


def test_every_row_has_its_mail_and_the_mail_its_row():
    workshop = WorkshopFactory(is_open=True)
    workshop.register(MemberFactory(), "online", "en")
    workshop.postpone(None, "Elections in the host city")
    mails = {
        (mail.key, mail.member_id, mail.template) for mail in db.session.scalars(db.select(OutgoingMail))
    }
    lines = {
        (one.occasion, one.member_id, one.template) for one in db.session.scalars(db.select(Notification))
    }

    assert lines == mails and len(lines) == 2


def test_a_mail_that_was_queued_before_is_no_news():
    member, space = MemberFactory(), SpaceFactory()
    for _ in range(2):
        queue_mail("named:1", member, "spaces/named", space)

    assert told(member) == [("change", f"Space:{space.id}")]


@pytest.mark.parametrize("to", [{"record": None}, {"address": "a@b.example"}], ids=["no record", "no member"])
def test_a_mail_of_no_record_or_to_no_member_stands_nowhere(to):
    member = None if "address" in to else MemberFactory()
    queue_mail("some:1", member, "spaces/named", **to)

    assert db.session.scalars(db.select(Notification)).all() == []


@pytest.fixture
def space():
    space = SpaceFactory(confidentiality="group", joining="request")
    space.facilitator = MemberFactory()
    space.admit(space.facilitator, "facilitator")
    return space


# What is done about a question to come in, and whether it still waits for who looks after the space.
ANSWERS = {
    "nothing": (lambda entry, by: None, True),
    "yes": (lambda entry, by: entry.accept(by), False),
    "no": (lambda entry, by: entry.decline(by, "We are full."), False),
    "taken back": (lambda entry, by: entry.withdraw(), False),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_was_asked_is_told_until_it_is_answered(space, answer):
    act, waits = ANSWERS[answer]
    asker = MemberFactory()
    entry = SpaceEntry.ask(space, asker)
    db.session.commit()
    assert told(space.facilitator) == [("request", f"SpaceEntry:{entry.id}")]

    act(entry, space.facilitator)
    db.session.commit()

    assert len(told(space.facilitator)) == waits
    decided = [("decision", f"SpaceEntry:{entry.id}")] if answer in ("yes", "no") else []
    assert told(asker) == decided


def test_an_invitation_waits_until_it_is_answered(space):
    friend = MemberFactory()
    entry = SpaceEntry.invite(space, friend, space.facilitator)
    db.session.commit()
    assert told(friend) == [("request", f"SpaceEntry:{entry.id}")]

    entry.accept()
    db.session.commit()
    assert told(friend) == []


def test_a_reminder_stands_in_place_of_what_it_reminds_of(space):
    with clock_at(utcnow() - timedelta(days=4)):
        SpaceEntry.ask(space, MemberFactory())
    db.session.execute(db.update(Notification).values(read_at=utcnow()))
    remind()

    [line] = db.session.scalars(db.select(Notification).filter_by(member_id=space.facilitator.id))
    assert line.read_at is None


def test_an_application_to_endorse_waits_until_it_is_endorsed_and_a_withdrawn_one_for_nobody():
    visit = open_visit()
    focal = MemberFactory(role="city_focal_point")
    application = draft_application(visit, MemberFactory(city=focal.city))
    application.submit(application.applicant)
    db.session.commit()
    hosts = {member_id for (member_id,) in db.session.execute(select_new(application))}
    assert ("request", "visits/application_to_endorse") in happenings_of(focal) and hosts

    application.endorse(focal)
    db.session.commit()
    assert ("request", "visits/application_to_endorse") not in happenings_of(focal)
    assert {member_id for (member_id,) in db.session.execute(select_new(application))} == hosts

    application.withdraw(application.applicant)
    db.session.commit()
    assert not db.session.execute(select_new(application)).all()


def select_new(application):
    of_it = {"record_type": "VisitApplication", "record_id": application.id}
    return db.select(Notification.member_id).filter_by(template="visits/new_application", **of_it)
