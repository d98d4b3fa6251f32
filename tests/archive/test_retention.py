"""Each rule does away with what is old and spares what is a day younger."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from cityexchange.archive import retention
from cityexchange.archive.retention import MONTH, RULES
from cityexchange.core import audit
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.files.models import File
from cityexchange.core.mail import queue_mail
from cityexchange.digest.models import Digest
from cityexchange.members.codes import MailProof
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import SignInSession
from cityexchange.membership.models import CityApplication
from cityexchange.membership.offers import PlaceOffer
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.visits.models import VisitApplication
from tests.archive.absent import warned
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.visits.factories import open_visit

RULE = {rule.key: rule for rule in RULES}
DAY = timedelta(days=1)
LONG_AGO = utcnow() - 13 * MONTH


def join_request(at, **values):
    made = JoinRequest(name="A", email="a@b.example", job_title="J", password="", **values)
    made.created_at = at
    made.decided_at = None if made.state == "waiting" else at
    return made


def application(at, state):
    told = dict.fromkeys(
        ["name", "job_title", "email", "deputy_name", "deputy_job_title", "deputy_email", "signatory"], "x"
    )
    made = CityApplication(city=CityFactory(state="draft"), charter=1, state=state, **told)
    made.created_at = at
    made.decided_at = None if state == "waiting" else at
    return made


def offer(at):
    ana = MemberFactory(role="city_focal_point")
    made = PlaceOffer.make(ana.city, ana, role="member", name="N", email="n@b.example", job_title="J")
    made.created_at = at
    return made


def mail(at):
    made = queue_mail(
        f"m{at.timestamp()}", None, "members/known", address="a@b.example", locale="en", code=""
    )
    made.finished_at = at
    return made


def visit_application(at):
    made = VisitApplication.begin(MemberFactory(), open_visit())
    made.withdraw(made.applicant)
    made.updated_at = at
    return made


def entry(at):
    made = SpaceEntry.ask(
        SpaceFactory(confidentiality="group", joining="request"), MemberFactory(), "Rare words"
    )
    made.decline(reason="Other words")
    made.decided_at = at
    return made


MADE = {
    "audit_entries": lambda at: AuditEntry(verb="x", outcome="done", facts={}, at=at),
    "ended_sign_ins": lambda at: SignInSession(member=MemberFactory(), digest=str(at), ended_at=at),
    "mails_sent": mail,
    "typed_codes": lambda at: MailProof(purpose="reset", email="a@b.example", created_at=at),
    "unconfirmed_requests": lambda at: join_request(at, state="unconfirmed"),
    "decided_requests": lambda at: join_request(at, state="declined"),
    "undecided_requests": lambda at: join_request(at, state="waiting"),
    "unconfirmed_applications_of_cities": lambda at: application(at, "unconfirmed"),
    "undecided_applications_of_cities": lambda at: application(at, "waiting"),
    "declined_applications_of_cities": lambda at: application(at, "declined"),
    "applications_not_selected": visit_application,
    "offers_of_places": offer,
    "answered_entries_to_spaces": entry,
    "weekly_letters": lambda at: Digest(member=MemberFactory(), week=at.date(), written_at=at),
}


@pytest.mark.parametrize("key", MADE)
def test_what_is_a_day_younger_stays(app, key):
    rule, edge = RULE[key], utcnow() - RULE[key].months * MONTH
    old, young = MADE[key](edge - DAY), MADE[key](edge + DAY)
    db.session.add_all([old, young])
    db.session.flush()
    model, ids = type(old), (old.id, young.id)

    assert rule.ids() == [ids[0]] and rule.follow() == 1

    left = set(db.session.scalars(db.select(model.id).where(model.id.in_(ids))))
    assert left == {ids[1]}
    assert rule.follow() == 0


def test_every_rule_is_tried():
    people = {"unused_accounts_reminded", "unused_accounts_forgotten"}
    assert RULE.keys() == MADE.keys() | people


def test_counting_changes_nothing(app):
    warned(24)
    audit.record("x").at = utcnow() - timedelta(days=400)
    db.session.commit()
    rows = db.select(db.func.count()).select_from(AuditEntry)
    before = db.session.scalar(rows)
    said = app.test_cli_runner().invoke(args=["retention", "count"]).output

    assert re.search(r"audit_entries +after 12 months: 1", said)
    assert re.search(r"unused_accounts_forgotten +after 24 months: 1", said)
    assert db.session.scalar(rows) == before


def test_the_record_of_processing_says_the_same():
    paper = (Path(__file__).parents[2] / "docs" / "record-of-processing.md").read_text()
    said = dict(re.findall(r"^\| (\w+) \| (\d+) \|", paper, re.M))

    assert {key: float(months) for key, months in said.items()} == {rule.key: rule.months for rule in RULES}


def test_nobody_decides_for_ever_and_the_letter_goes_too(app):
    asked, applied = join_request(LONG_AGO, state="waiting"), application(LONG_AGO, "waiting")
    for record, kind in ((asked, "JoinRequest"), (applied, "CityApplication")):
        db.session.add(record)
        db.session.flush()
        letter = File(name="l.pdf", content_type="application/pdf", size=1, place=kind, digest="d")
        letter.record_type, letter.record_id = kind, record.id
        db.session.add(letter)
    applied.city.state = "applied"
    retention.follow_the_rules()

    assert not db.session.scalars(db.select(File)).all()
    assert applied.city.state == "draft"


def test_a_city_that_others_apply_for_stays_in_the_directory(app):
    old, young = application(LONG_AGO, "waiting"), application(utcnow(), "waiting")
    db.session.add_all([old, young])
    young.city = old.city
    old.city.state, another = "applied", CityFactory(state="applied")
    retention.follow_the_rules()

    assert (young.city.state, another.state) == ("applied", "applied")
    assert db.session.scalars(db.select(CityApplication)).all() == [young]
