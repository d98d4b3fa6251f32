"""Which city # may name, and which it offers while one types."""

from sqlalchemy import or_, select

from cityexchange.cities import register
from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.db import at_most, db
from cityexchange.core.named import begins
from cityexchange.core.policy import visible_to
from cityexchange.core.urls import path_to

SPELLINGS = 30
"""Places of the register that letters may be the beginning of."""


def resolve(slugs: set[str]) -> dict[str, tuple[str, str]]:
    """{slug: (path, label)} of the cities that everybody may see."""
    found = db.session.execute(
        select(City.slug, City.name).where(City.slug.in_(slugs), City.state.in_(TAKING_PART))
    )
    return {slug: (path_to("cities.show_city", slug=slug), name) for slug, name in found}


def beginning(member, letters: str, most: int) -> list[City]:
    """Cities with a name or a part of one that begins with `letters`, or that the register knows under such a name."""
    handle = letters.lower()
    conditions = (
        begins(City, letters),
        City.slug.startswith(handle, autoescape=True),
        City.slug.contains(f"-{handle}", autoescape=True),
        City.geonameid.in_([place.geonameid for place in register.search(letters, SPELLINGS)]),
    )
    cities = visible_to(member, City).where(City.state.in_(TAKING_PART), or_(*conditions))
    return list(db.session.scalars(cities.order_by(City.folded, City.id).limit(at_most(most))))
