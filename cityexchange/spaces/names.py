"""Names that people choose for a space: under them they write there in place of their own (practice.md 1.1, R21)."""

from sqlalchemy import ScalarResult, case, select

from cityexchange.core.db import db
from cityexchange.members.models import Member
from cityexchange.spaces.models import Membership

SHOWN_FOLDED = case((Membership.chosen_name != "", Membership.chosen_folded), else_=Member.folded)
"""Of the names of those in a space, as the others in it see them."""


def chosen_by_others(member_id: int | None) -> ScalarResult[str]:
    """What others write under in any space. Nobody else bears it or chooses it, or its readers would take them for its owner."""
    chosen = select(Membership.chosen_name).where(Membership.chosen_name != "")
    return db.session.scalars(chosen.where(Membership.member_id != member_id))
