"""Which city somebody means who types its name: in any language it has one in ("Vienne", "تونس"), or that the register knows."""

from collections.abc import Iterable

from sqlalchemy import select

from cityexchange.cities import register
from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.called import Called
from cityexchange.core.db import among, db
from cityexchange.core.folding import are_alike, sought

SPELLINGS = 30
"""Places of the register that one name may mean."""


def cities_called(text: str) -> list[City]:
    """Of the cities that take part those of this name; what a city is called here goes before what others call it."""
    words = sought(text)
    there = among(City.state, TAKING_PART)
    known = (
        db.session.execute(select(City.id, City.called, City.geonameid).where(there)).all() if words else []
    )
    ids = [id for id, called, _ in known if is_one_of(called, text)]
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
    found = db.session.scalars(select(City.called))
    return bool(words) and (any(is_one_of(called, text) for called in found) or bool(_numbers_of(text)))


def anothers_among(names: Iterable[str], city: City) -> set[str]:
    """Those by which another city goes, and nobody knows them for names of this one too, as of places that share theirs."""
    place = register.place(city.geonameid) if city.geonameid else None
    known = (*city.called.every(), *((place.name, *place.names) if place else ()))
    new = {name for name in names if not any(are_alike(one, name) for one in known)}
    others = select(City.called).where(City.id != city.id, ~among(City.state, ("draft",)))
    there = db.session.scalars(others).all() if new else []
    return {name for name in new if any(is_one_of(called, name) for called in there)}


def is_one_of(called: Called, text: str) -> bool:
    return any(are_alike(name, text) for name in called.every())


def _numbers_of(text):
    found = register.search(text, SPELLINGS)
    return {one.geonameid for one in found if any(are_alike(name, text) for name in (one.name, *one.names))}
