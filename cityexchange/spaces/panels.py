"""What other pages show of spaces."""

from sqlalchemy import select

from cityexchange.core.db import at_most, db
from cityexchange.spaces.entries import SpaceEntry

FEW = 6


def invitations_to(member):
    if not member.is_authenticated:
        return []
    mine = select(SpaceEntry).filter_by(member_id=member.id, kind="invitation", state="waiting")
    return db.session.scalars(mine.order_by(SpaceEntry.id).limit(at_most(FEW))).all()
