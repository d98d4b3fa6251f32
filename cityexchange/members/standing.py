"""As what somebody is here, in one word: what is usual for them follows from it, and no right does.

Who speaks for a city is a speaker first, whatever else they are: nobody else decides for it.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, select

from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.db import among, at_most, constant
from cityexchange.members.models import TEAM_ROLES, Member, Seat
from cityexchange.members.seats import running

STANDINGS = ("speaker", *TEAM_ROLES, "official", "guest")


def standing_of(member: Any) -> str:
    if member.seat and member.seat.role in SPEAKERS:
        return "speaker"
    return member.team_role or ("guest" if member.is_guest else "official")


def standing(member_id: Any) -> ColumnElement[str]:
    """The same of the member whose id a statement names."""
    said: Select[str] = select(
        case(
            (among(Seat.role, SPEAKERS), constant("speaker")),
            (Member.team_role.is_not(None), Member.team_role),
            (Seat.city_id.is_not(None), constant("official")),
            else_=constant("guest"),
        )
    )
    held = said.select_from(Member).outerjoin(Seat, and_(Seat.member_id == Member.id, running()))
    whose = held.where(Member.id == member_id).order_by(Seat.id.desc())
    return whose.limit(at_most(1)).scalar_subquery()
