"""Who reads: the row that stands in for a member, and the standing that members share."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect

from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import policies, visible_to
from cityexchange.members.models import Member, SignInSession, Visitor, digest_of
from cityexchange.members.reader import reader_with
from tests.demo.keeping import load_or_put_back
from tests.factories import CityFactory, MemberFactory

ASKED = (
    "id", "name", "display_name", "email", "job_title", "locale", "languages_read", "timezone", "team_role", "active",
    "is_active", "is_official", "is_authenticated", "is_anonymous", "previous_visit_at", "standing", "facts", "handle",
)  # fmt: skip


def reader_of(member):
    _, secret = SignInSession.begin(member)
    db.session.flush()
    return reader_with(digest_of(secret))


@pytest.mark.parametrize("kind", ["official", "team", "guest of a city that waits", "nobody's"])
def test_a_reader_answers_as_the_member_does(kind):
    member = {
        "official": lambda: MemberFactory(role="city_focal_point"),
        "team": lambda: MemberFactory(city=None, team_role="organiser"),
        "guest of a city that waits": lambda: MemberFactory(city=CityFactory(state="applied")),
        "nobody's": lambda: MemberFactory(city=None),
    }[kind]()

    reader = reader_of(member)

    assert {name: getattr(reader, name) for name in ASKED} == {name: getattr(member, name) for name in ASKED}
    assert reader.get_id() == member.get_id()
    assert (reader.city and reader.city.name) == (member.city and member.city.name)
    assert reader.record is member


def test_what_the_row_does_not_hold_is_asked_of_the_record():
    member = MemberFactory()
    reader = reader_of(member)

    assert reader.email_confirmed_at is None and reader.seats == member.seats
    with pytest.raises(AttributeError):
        reader.roles  # noqa: B018


def test_of_two_seats_the_later_counts_and_an_ended_one_does_not():
    member, second = MemberFactory(), CityFactory()
    member.seat_in(second, "city_deputy")
    db.session.flush()
    assert reader_of(member).seat.role == "city_deputy"

    member.seats[-1].until = utcnow().date() - timedelta(days=1)
    db.session.flush()
    assert reader_of(member).seat.role == "member"


def test_an_ended_session_has_no_reader():
    session, secret = SignInSession.begin(MemberFactory())
    assert reader_with(digest_of(secret))

    session.end()

    assert reader_with(digest_of(secret)) is None


def test_every_list_made_for_a_standing_is_the_list_of_its_members():
    """Statements are shared by all readers of one standing: what each then finds is exactly what is theirs."""
    load_or_put_back()
    readers = [*db.session.scalars(db.select(Member)), Visitor()]
    found = {}
    for model in policies():
        key = inspect(model).primary_key[0]
        for reader in readers:
            own = visible_to(reader, model).with_only_columns(key).order_by(None)
            shared = visible_to(reader.standing, model).with_only_columns(key).order_by(None)
            mine = set(db.session.scalars(own))
            assert mine == set(db.session.scalars(shared, reader.facts)), (model, reader.display_name)
            found.setdefault(model, set()).add(frozenset(mine))

    differing = {model.__name__ for model, lists in found.items() if len(lists) > 1}
    assert {"Topic", "Post", "Room", "Message", "StudyVisit", "VisitApplication", "Registration"} <= differing
