"""What visitors find first: the world of dots, and three figures of today. The question beside them is `specimen.py`."""

from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import select

from cityexchange.cities.models import TAKING_PART, City
from cityexchange.cities.world import cities_on_map, far, who_answered_whom
from cityexchange.core.db import among, rows, utcnow
from cityexchange.core.pages import of_version
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.versions import next_moment, table_version
from cityexchange.forums.between import answers_between, version_of_answers
from cityexchange.home.specimen import specimen_for
from cityexchange.visits.models import StudyVisit
from cityexchange.workshops import listing


class Figures(NamedTuple):
    cities: int
    answers: int
    languages: int
    """In which the cities work."""


def version_of_landing(reader: OneReader) -> tuple[Any, ...]:
    """Differs with the workshops, visits, cities and conversations that it shows, and as calls, registrations and days end by the clock."""
    now = utcnow()
    return now.date(), *rows(_version(reader), {**reader.bind_values, "now": now}).one()


@prepared
def _version(reader: Reader):
    visits = table_version(StudyVisit), next_moment(StudyVisit.call_deadline)
    return select(*listing.VERSION, *visits, table_version(City), version_of_answers(reader))


def head_of(version: Any, reader: OneReader) -> Any:
    """Kept also where the page itself is not, since members may be tried out on it."""
    return of_version(version, "home/_head.html", partial(_gather, reader))


def _gather(reader: OneReader):
    cities, between = cities_on_map(reader), answers_between()
    specimen = specimen_for(reader, {city.id: city for city in cities})
    pairs = who_answered_whom(cities, between)
    figures = figures_for(reader, sum(between.values()))
    world = far(cities, between, specimen.pairs if specimen else ())
    return {"map": world, "figures": figures, "pairs": pairs, "specimen": specimen}


def figures_for(reader: OneReader, answers: int) -> Figures:
    """Also of cities that have no place on the map."""
    spoken = rows(_spoken(reader), reader.bind_values).all()
    return Figures(len(spoken), answers, len({language for (spoken_in,) in spoken for language in spoken_in}))


@prepared
def _spoken(reader: Reader):
    cities = visible_to(reader, City).where(among(City.state, TAKING_PART))
    return cities.with_only_columns(City.working_languages)
