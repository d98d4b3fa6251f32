"""Whose names may be told to all in a space at once, whoever of them reads."""

from sqlalchemy import and_, or_, select

from cityexchange.core.db import at_most, db
from cityexchange.members.models import Member, Seat
from cityexchange.spaces.models import Membership, Space


def known_to_all(space: Space, ids: set[int]) -> set[int]:
    """Of these members: all where nobody but members listens, those who joined where a guest was let in, nobody where names are hidden."""
    if space.hides_names:
        return set()
    if not _has_guest(space):
        return ids
    joined = select(Membership.member_id).filter_by(space_id=space.id).where(Membership.member_id.in_(ids))
    return set(db.session.scalars(joined))


def _has_guest(space):
    """As `Answers.is_guest` says."""
    is_guest = or_(Seat.organisation_id.is_not(None), and_(Seat.id.is_(None), Member.team_role.is_(None)))
    seats = select(Membership.id).join(Membership.member).outerjoin(Member.seat)
    guests = seats.where(Membership.space_id == space.id, is_guest)
    return db.session.scalar(guests.limit(at_most(1))) is not None
