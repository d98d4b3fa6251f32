"""What other pages show of spaces."""

from sqlalchemy import and_, or_, select

from cityexchange.core.db import at_most, db
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.policy import looked_after_by

FEW = 6


def invitations_to(member):
    if not member.is_authenticated:
        return []
    mine = select(SpaceEntry).filter_by(member_id=member.id, kind="invitation", state="waiting")
    return db.session.scalars(mine.order_by(SpaceEntry.id).limit(at_most(FEW))).all()


def start_panel(member):
    """What waits for the member's yes: invitations to them, and requests to spaces that they look after."""
    to_me = and_(SpaceEntry.member_id == member.id, SpaceEntry.kind == "invitation")
    to_mine = and_(SpaceEntry.space_id.in_(looked_after_by(member)), SpaceEntry.kind == "request")
    waiting = select(SpaceEntry).where(SpaceEntry.state == "waiting", or_(to_me, to_mine))
    found = db.session.scalars(waiting.order_by(SpaceEntry.id).limit(at_most(FEW))).all()
    return ("spaces/_waiting.html", {"entries": found}) if found else None
