"""Which city # may name, and which it offers while one types."""

from sqlalchemy import or_, select

from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.addresses import path_to
from cityexchange.core.db import at_most, db
from cityexchange.core.policy import visible_to


def resolve(slugs: set[str]) -> dict[str, tuple[str, str]]:
    """{slug: (path, label)} of the cities that everybody may see."""
    found = db.session.execute(
        select(City.slug, City.name).where(City.slug.in_(slugs), City.state.in_(TAKING_PART))
    )
    return {slug: (path_to("cities.show_city", slug=slug), name) for slug, name in found}


def beginning(member, letters: str, most: int) -> list[City]:
    """Cities with a name or a part of one that begins with `letters`."""
    begun = {letters, letters.title()}
    conditions = (
        *(City.name.istartswith(word, autoescape=True) for word in begun),
        *(City.name.icontains(f" {word}", autoescape=True) for word in begun),
        City.slug.startswith(letters.lower(), autoescape=True),
        City.slug.contains(f"-{letters.lower()}", autoescape=True),
    )
    cities = visible_to(member, City).where(City.state.in_(TAKING_PART), or_(*conditions))
    return list(db.session.scalars(cities.order_by(City.name).limit(at_most(most))))
