"""What holds without a choice follows from what one is here; what one chose holds whatever one becomes."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail.tokens import token_for
from cityexchange.follows.models import Follow
from cityexchange.members.models import TEAM_ROLES
from cityexchange.members.standing import STANDINGS, standing, standing_of
from cityexchange.notifications import crowds, listing
from cityexchange.notifications.choices import choices_of, choose, come
from cityexchange.notifications.crowds import Crowd, tell_crowds
from cityexchange.notifications.kinds import KINDS, MAILING, usual
from cityexchange.notifications.models import Notification, NotificationChoice, QuietHours
from tests.factories import CityFactory, MemberFactory, guest
from tests.forums.factories import start_topic
from tests.notifications.noon import tell
from tests.notifications.test_choices import PAGE, mailings, row_of

DECIDING = {"speaker", "facilitator", "organiser", "coordinator"}


def speaker(role="city_focal_point", **values):
    return MemberFactory(role=role, **values)


def expert_of_the_team():
    member = guest("expert", team_role="facilitator")
    assert member.is_guest, "of what they see this says nothing"
    return member


PEOPLE = {
    "an official": ("official", MemberFactory),
    "an elected official": ("official", lambda: MemberFactory(role="elected_member")),
    "a focal point": ("speaker", speaker),
    "a deputy": ("speaker", lambda: speaker("city_deputy")),
    "a focal point who is of the team": ("speaker", lambda: speaker(team_role="admin")),
    "a guest": ("guest", guest),
    "somebody without a seat": ("guest", lambda: MemberFactory(city=None)),
    "a guest who is of the team": ("facilitator", expert_of_the_team),
    "an official who is of the team": ("organiser", lambda: MemberFactory(team_role="organiser")),
} | {f"the {role}": (role, lambda role=role: MemberFactory(city=None, team_role=role)) for role in TEAM_ROLES}


def test_each_standing_is_somebodys():
    assert {said for said, _ in PEOPLE.values()} == set(STANDINGS)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_holds_is_what_a_notification_is_mailed_by(name):
    expected, born = PEOPLE[name]
    member, topic = born(), start_topic(author=MemberFactory())
    assert standing_of(member) == expected and db.session.scalar(db.select(standing(member.id))) == expected
    for kind in KINDS:
        tell(member, kind, topic)
        assert row_of(member, kind).mailing == mailings(member)[kind] == usual(kind, expected)


def test_who_held_a_seat_before_is_what_the_seat_of_today_says():
    member = speaker()
    member.seat.end()
    db.session.expire(member, ["seat"])
    assert standing_of(member) == "guest" == db.session.scalar(db.select(standing(member.id)))
    member.seat_in(CityFactory())
    db.session.expire(member, ["seat"])
    assert standing_of(member) == "official" == db.session.scalar(db.select(standing(member.id)))


@pytest.mark.parametrize("name", STANDINGS)
def test_who_must_decide_hears_of_requests_soon_and_everybody_has_a_way(name):
    assert (usual("request", name) == "at_once") == (name in DECIDING)
    assert {usual(kind, name) for kind in KINDS} <= set(MAILING)
    assert usual("place", name) == usual("decision", name) == usual("change", name) == "at_once"


@pytest.mark.parametrize("kind", KINDS)
def test_no_standing_is_named_that_nobody_has(kind):
    assert set(KINDS[kind].others) <= set(STANDINGS)


def test_another_role_changes_what_was_not_chosen_and_nothing_else(sign_in):
    member = MemberFactory()
    browser = sign_in(member)
    changed = as_it_stands(member) | {"reply-mailing": "at_once"}
    assert browser.post(PAGE, data=changed).status_code == 303
    assert browser.post(PAGE, data=as_it_stands(member)).status_code == 303
    assert chosen_by(member) == {"reply"}

    for role, topics, requests in (("facilitator", "bundled", "at_once"), ("admin", "never", "daily")):
        member.team_role = role
        db.session.flush()
        now = mailings(member)
        assert (now["reply"], now["topic"], now["request"]) == ("at_once", topics, requests)


def test_what_was_chosen_stays_when_it_becomes_the_usual_and_the_table_is_saved(sign_in):
    """Then the role goes, and the choice is still there."""
    member = MemberFactory()
    choose(member.id, "topic", is_here=True, mailing="bundled")
    member.team_role = "facilitator"
    db.session.flush()
    assert sign_in(member).post(PAGE, data=as_it_stands(member)).status_code == 303
    member.team_role = None
    db.session.flush()
    assert mailings(member)["topic"] == "bundled"


def test_who_chooses_the_usual_again_goes_with_it(sign_in):
    member = MemberFactory()
    choose(member.id, "topic", is_here=False, mailing="never")
    back = as_it_stands(member) | {"topic-mailing": "daily", "topic-is_here": "y"}
    assert sign_in(member).post(PAGE, data=back).status_code == 303
    assert chosen_by(member) == set()


def as_it_stands(member):
    """The table as the page shows it to them, sent as it is."""
    held = choices_of(member)
    form = {f"{kind}-mailing": choice.mailing for kind, choice in held.items()}
    form |= {f"{kind}-is_here": "y" for kind, choice in held.items() if choice.is_here}
    hours = db.session.get(QuietHours, member.id) or QuietHours(begins=20, ends=7)
    return form | {"begins": str(hours.begins), "ends": str(hours.ends)}


def chosen_by(member):
    return set(
        db.session.scalars(
            db.select(NotificationChoice.kind).where(NotificationChoice.member_id == member.id)
        )
    )


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("kind", ["reply", "request"])
def test_the_link_of_a_mail_brings_back_what_is_usual_for_whoever_took_it(visitor, name, kind):
    expected, born = PEOPLE[name]
    member = born()
    path = f"/mail/unsubscribe/{token_for(member.id, kind)}"
    visitor.post(path)
    assert mailings(member)[kind] == "never"
    visitor.post(f"{path}/undo")
    assert mailings(member)[kind] == usual(kind, expected) and chosen_by(member) == set()


def test_a_never_of_long_ago_becomes_the_usual_of_a_guest():
    member = guest()
    choose(member.id, "reply", is_here=True, mailing="never")
    come(["reply"], member, is_on=True)
    assert mailings(member)["reply"] == "daily"


@pytest.mark.parametrize(
    ("is_here", "mailing", "is_mailed", "written"),
    [
        (False, "never", True, False),
        (False, "daily", True, True),
        (True, "never", True, True),
        (False, "daily", False, False),
        (True, "never", False, True),
    ],
)
def test_what_is_wanted_nowhere_is_not_written_down(is_here, mailing, is_mailed, written):
    member, topic = MemberFactory(), start_topic(author=MemberFactory())
    choose(member.id, "change", is_here=is_here, mailing=mailing)
    tell(member, "change", topic, is_mailed=is_mailed)
    assert (row_of(member, "change") is not None) == written


def test_those_of_a_crowd_who_want_nothing_keep_nobody_else_waiting(monkeypatch):
    """The first that the worker looks at are many who want none of it."""
    writer, deaf, hearing = MemberFactory(), MemberFactory.create_batch(6), MemberFactory.create_batch(3)
    topic = start_topic(author=writer)
    for member in [*deaf, *hearing]:
        Follow.choose(member, topic, "following")
    for member in deaf:
        choose(member.id, "reply", is_here=False, mailing="never")
    monkeypatch.setattr(crowds, "AT_ONCE", 1)
    monkeypatch.setattr(crowds, "AT_A_TIME", 2)
    topic.post(writer, "Hello.")
    db.session.commit()
    tell_crowds()
    told = db.session.scalars(db.select(Notification.member_id).filter_by(kind="reply"))
    assert set(told) == {member.id for member in hearing}
    assert db.session.scalars(db.select(Crowd)).all() == []


def test_a_kind_of_long_ago_is_still_found_by_its_address(sign_in, monkeypatch):
    monkeypatch.setattr(listing, "NEWEST", 1)
    member, topic = MemberFactory(), start_topic(author=MemberFactory())
    for kind in ("mention", "answer"):
        tell(member, kind, topic, topic)
    browser = sign_in(member)
    assert "filter=mention" not in browser.get("/notifications").text
    page = browser.get("/notifications?filter=mention").text
    assert 'aria-current="page"' in page and "You are named" in page and "helped is marked" not in page
