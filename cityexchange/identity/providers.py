"""Which cities sign in their people themselves."""

from flask import url_for
from sqlalchemy import select

from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.db import among, db
from cityexchange.identity.models import IdentityProvider
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running

OFFERED = (
    select(IdentityProvider)
    .join(City)
    .where(IdentityProvider.is_offered.is_(True), among(City.state, TAKING_PART))
)


def required_door(member_id: int) -> str | None:
    """Where a city lets its people in only by its own door. The team is let in by nobody's but ours."""
    held = OFFERED.join(Seat, Seat.city_id == City.id).join(Member, Member.id == Seat.member_id)
    held = held.where(
        Member.id == member_id, Member.team_role.is_(None), running(), IdentityProvider.is_required.is_(True)
    )
    slug = db.session.scalar(held.with_only_columns(City.slug))
    return url_for("identity.begin", slug=slug, _external=True) if slug else None
