"""Who sees a space, asked the other way round: of one space a condition on its readers, where many members are told at once.

It says what `SpacePolicy.visible` and `naming` say of one reader; tests/spaces/test_readers.py compares them.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, or_, select, true

from cityexchange.cities.models import City
from cityexchange.core.db import among, at_most
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running
from cityexchange.spaces.models import Membership
from cityexchange.spaces.policy import TEAM

SPACE_ID: Any = bindparam("space_id", type_=Integer)


def reads(confidentiality: str) -> ColumnElement[bool]:
    """Of Member: sees the space `space_id`, which is of this class."""
    return or_(*_open_to(confidentiality))


def reads_names(confidentiality: str) -> ColumnElement[bool]:
    """Of Member: sees it and who wrote in it. Guests do where they were let in."""
    knows_people = or_(_is_no_guest(), among(Member.team_role, ("coordinator", "admin")), _is_in())
    return and_(reads(confidentiality), knows_people)


def _open_to(confidentiality):
    if confidentiality == "public":
        yield true()
    if confidentiality == "members":
        yield _is_no_guest()
    if confidentiality == "city_officials":
        yield or_(_is_official(), among(Member.team_role, TEAM))
    yield _is_in()


def _is_in():
    let_in = select(Membership.id).where(Membership.member_id == Member.id, Membership.space_id == SPACE_ID)
    return let_in.exists()


def _is_no_guest():
    is_of_the_team = and_(Member.team_role.is_not(None), _newest_seat(Seat.id).is_(None))
    return or_(_newest_seat(Seat.city_id).is_not(None), is_of_the_team)


def _is_official():
    theirs = select(City.id).where(City.id == _newest_seat(Seat.city_id))
    return theirs.where(or_(*_lets_write())).exists()


def _lets_write():
    """As `City.lets_write`."""
    yield among(City.state, ("active",))
    yield among(City.state, ("verified",)) & City.incomplete_since.is_not(None)


def _newest_seat(column):
    """As `Member.seat`."""
    held = select(column).where(Seat.member_id == Member.id, running()).order_by(Seat.id.desc())
    return held.limit(at_most(1)).correlate(Member).scalar_subquery()
