"""What a card of the directory says of a city, as columns of the one statement that lists them."""

from typing import Any

from sqlalchemy import case, select

from cityexchange.cities.models import TAKING_PART, City, Interest
from cityexchange.core.db import among, at_most
from cityexchange.themes.models import Theme


def card_columns(chosen: dict[str, str]) -> tuple[Any, ...]:
    """slug, called, country, kind, state, paving, and one theme that it offers and needs, or None: what was `chosen`, where it has that."""
    own = City.slug, City.called, City.country, City.kind_primary, City.state, City.paving
    return *own, *(_theme(side, chosen[side] or chosen["theme"]) for side in ("offer", "need"))


def _theme(side, sought):
    """Of who takes part: what an applicant wrote nobody has looked at yet (`CityPolicy.read_words`)."""
    named = select(Theme.key).join(Interest, Interest.theme_id == Theme.id)
    named = named.where(Interest.city_id == City.id, Interest.side == side, among(City.state, TAKING_PART))
    named = named.order_by(case((Theme.key == sought, 0), else_=1), Theme.position).limit(at_most(1))
    return named.correlate(City).scalar_subquery()
