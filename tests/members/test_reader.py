"""Who reads: the row that stands in for a member, and the rights that members share."""

import inspect as looking
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import BindParameter, inspect

from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import policies, visible_to
from cityexchange.core.projection import Projected
from cityexchange.core.reader import OneReader, Reader, ReaderSeat
from cityexchange.members.models import TEAM_ROLES, Member, SignInSession, Visitor, digest_of
from cityexchange.members.policy import ONE_READERS, READERS
from cityexchange.members.reader import reader_with
from cityexchange.members.rights import Rights
from tests.demo.keeping import load_or_put_back
from tests.factories import CityFactory, MemberFactory, guest

ASKED = (
    "id", "name", "display_name", "email", "job_title", "locale", "languages_read", "timezone", "team_role", "active",
    "is_active", "is_official", "is_authenticated", "is_anonymous", "previous_visit_at", "rights", "bind_values", "handle",
)  # fmt: skip


QUESTIONS = {"has_team_role": [(), *((role,) for role in TEAM_ROLES), ("coordinator", "admin")]}
"""What a name that takes arguments is asked; one that is not here yet fails."""


def names_of(protocol):
    return sorted(name for kind in protocol.__mro__ for name in vars(kind) if not name.startswith("_"))


def answers_of(reader, bind_values=None, protocol=Reader):
    """What this shape says to all that is asked of it; what rights leave to the statement is looked up in `bind_values`."""

    def told(value):
        return bind_values[value.key] if isinstance(value, BindParameter) else value

    said = {name: getattr(reader, name) for name in names_of(protocol)}
    for name, value in said.items():
        if callable(value):
            said[name] = [value(*roles) for roles in QUESTIONS[name]]
        elif name == "languages_read":
            said[name] = list(value)
        elif name == "city":
            said[name] = value and value.id
        elif name == "seat":
            said[name] = value and {part: told(getattr(value, part)) for part in names_of(ReaderSeat)}
        else:
            said[name] = told(value)
    return said


def speaking():
    member = MemberFactory(city=CityFactory())
    member.seat.speaks_officially = True
    db.session.flush()
    return member


PEOPLE = {
    "an official": MemberFactory,
    "a focal point": lambda: MemberFactory(role="city_focal_point"),
    "an official who speaks for the city": speaking,
    "one of a city that waits": lambda: MemberFactory(city=CityFactory(state="applied")),
    "a guest": guest,
    "nobody's": lambda: MemberFactory(city=None),
    "a coordinator": lambda: MemberFactory(city=None, team_role="coordinator"),
    "an official and facilitator": lambda: MemberFactory(team_role="facilitator"),
}


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_shape_of_one_person_answers_policies_alike(kind):
    member = PEOPLE[kind]()
    row = reader_of(member)
    shapes = [(member, None), (row, None), (member.rights, member.bind_values), (row.rights, row.bind_values)]

    said = [answers_of(reader, bind_values) for reader, bind_values in shapes]

    assert said == [said[0]] * len(shapes)
    assert {type(reader) for reader, _ in shapes} - {type(row)} == set(READERS) - {Visitor}
    assert isinstance(row, Projected) and row.projected_model is Member


@pytest.mark.parametrize("kind", PEOPLE)
def test_who_is_one_answers_lists_alike_as_member_and_as_row(kind):
    member = PEOPLE[kind]()
    member.languages, member.timezone, member.previous_visit_at = {"fr": "works"}, "Africa/Tunis", utcnow()
    row = reader_of(member)

    assert answers_of(row, protocol=OneReader) == answers_of(member, protocol=OneReader)
    assert set(ONE_READERS) == {Member, Visitor}


def test_the_people_differ_in_every_answer():
    """Else a shape could say the same of everybody, and be right."""
    people = [make() for make in PEOPLE.values()]
    people[0].previous_visit_at, people[0].languages = utcnow(), {"fr": "works"}
    said = [answers_of(reader, protocol=OneReader) for reader in (Visitor(), *people)]
    assert all(len({str(one[name]) for one in said}) > 1 for name in names_of(OneReader))
    seats = [one["seat"] for one in said if one["seat"]]
    assert all(len({str(seat[part]) for seat in seats}) > 1 for part in names_of(ReaderSeat))


def test_a_visitor_and_the_standing_of_visitors_answer_policies_alike():
    visitor = Visitor()
    said = answers_of(visitor)
    assert said == answers_of(visitor.rights, visitor.bind_values)
    assert not any(value for name, value in said.items() if name not in QUESTIONS)
    assert not any(said["has_team_role"])


def test_a_visitor_answers_lists_with_nothing():
    said = answers_of(Visitor(), protocol=OneReader)
    told = {name for name, value in said.items() if value}
    assert told == {*QUESTIONS, "rights", "bind_values"}
    assert not any(said["bind_values"].values())


def test_a_shape_that_lacks_a_name_or_answers_otherwise_is_seen():
    rights, bind_values = Visitor().rights, Visitor().bind_values
    for name in names_of(Reader):
        lacking = SimpleNamespace(**{one: getattr(rights, one) for one in names_of(Reader) if one != name})
        with pytest.raises(AttributeError, match=name):
            answers_of(lacking, bind_values)
    for name in ("is_authenticated", "is_official", "is_guest"):
        assert answers_of(replace(rights, **{name: True}), bind_values) != answers_of(Visitor())
    assert answers_of(replace(rights, team_role="admin"), bind_values) != answers_of(Visitor())


def test_a_reader_names_exactly_what_policies_ask():
    asked = "".join(looking.getsource(looking.getmodule(policy)) for policy in policies().values())
    assert not [name for name in (*names_of(Reader), *names_of(ReaderSeat)) if f".{name}" not in asked]


def test_one_reader_names_exactly_what_lists_and_pages_ask():
    """What a page asks of `me` beyond that, only members answer: it stands behind the wall."""
    root = Path(__file__).resolve().parents[2]
    python = [path.read_text() for path in (root / "cityexchange").rglob("*.py")]
    lists = "".join(text for text in python if "OneReader" in text)
    pages = "".join(path.read_text() for path in (root / "templates").rglob("*.html"))

    assert set(re.findall(r"\bme\.(\w+)", pages)) - set(names_of(OneReader)) == {"email"}
    asked = set(re.findall(r"\b(?:reader|member|who|me\(\)|me)\.(\w+)", "".join((*python, pages))))
    assert set(names_of(OneReader)) <= asked | {"rights"}  # which `prepared` asks by itself
    assert set(re.findall(r"\breader\.(\w+)", lists)) <= set(names_of(OneReader))


def test_who_is_one_has_rights_that_policies_take():
    for reader in (Visitor(), MemberFactory()):
        assert isinstance(reader.rights, Rights)


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
    """Statements are shared by all readers of equal rights: what each then finds is exactly what is theirs."""
    load_or_put_back()
    readers = [*db.session.scalars(db.select(Member)), Visitor()]
    found = {}
    for model in policies():
        key = inspect(model).primary_key[0]
        for reader in readers:
            own = visible_to(reader, model).with_only_columns(key).order_by(None)
            shared = visible_to(reader.rights, model).with_only_columns(key).order_by(None)
            mine = set(db.session.scalars(own))
            assert mine == set(db.session.scalars(shared, reader.bind_values)), (model, reader.display_name)
            found.setdefault(model, set()).add(frozenset(mine))

    differing = {model.__name__ for model, lists in found.items() if len(lists) > 1}
    assert {"Topic", "Post", "Room", "Message", "StudyVisit", "VisitApplication", "Registration"} <= differing
