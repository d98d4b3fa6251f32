"""Which city somebody means who types its name: in any spelling that the register knows ("Vienne", "تونس"), and none else."""

from sqlalchemy import select

from cityexchange.cities import register
from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.db import among, db
from cityexchange.core.folding import are_alike, sought

SPELLINGS = 30
"""Places of the register that one name may mean."""


def cities_called(text: str) -> list[City]:
    """Of the cities that take part those of this name; what a city is called here goes before what others call it."""
    words = sought(text)
    there = among(City.state, TAKING_PART)
    known = db.session.execute(select(City.id, City.name, City.geonameid).where(there)).all() if words else []
    ids = [id for id, name, _ in known if are_alike(name, text)]
    if known and not ids:
        numbers = _numbers_of(text)
        ids = [id for id, _, geonameid in known if geonameid in numbers]
    return list(db.session.scalars(select(City).where(City.id.in_(ids)).order_by(City.id))) if ids else []


def city_called(text: str) -> City | None:
    """The only one: of several nobody knows which is meant."""
    found = cities_called(text)
    return found[0] if len(found) == 1 else None


def is_place(text: str) -> bool:
    """Whether there is a city of this name at all, here or in the register."""
    words = sought(text)
    names = db.session.scalars(select(City.name))
    return bool(words) and (any(are_alike(name, text) for name in names) or bool(_numbers_of(text)))


def _numbers_of(text):
    found = register.search(text, SPELLINGS)
    return {one.geonameid for one in found if any(are_alike(name, text) for name in (one.name, *one.names))}
