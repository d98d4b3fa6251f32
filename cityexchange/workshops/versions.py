"""What version of a visitor's page there is now: one read, by which a page in memory is known to be true still."""

from typing import Any

from sqlalchemy import Select, bindparam, func, select

from cityexchange.cities.models import City
from cityexchange.core.db import rows, utcnow
from cityexchange.core.policy import prepared, visible_to
from cityexchange.events.models import Schedule
from cityexchange.languages.models import Translation
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import Registration


def version_of_workshops(reader: Any, id: int | None = None) -> tuple[Any, ...]:
    """Rises with what the reader's pages show, of one workshop or of all: workshops, times, places, names, translations;
    and each minute, because deadlines pass without anybody changing a row."""
    found = rows(_version(reader, id is not None), {**reader.facts, "wanted": id}).one()
    return utcnow().replace(second=0, microsecond=0), *found


@prepared
def _version(reader: Any, is_of_one: bool) -> Select[Any]:
    which = (Workshop.id == bindparam("wanted"),) if is_of_one else ()
    seen = visible_to(reader, Workshop).join(Workshop.schedule).where(*which)
    facts = func.count(), func.max(Workshop.updated_at), func.max(Schedule.updated_at)
    others = [column for model in (Registration, City, Translation) for column in _newest(model)]
    return seen.with_only_columns(*facts, *others)


def _newest(model):
    for fact in (func.count(model.id), func.max(model.updated_at)):
        yield select(fact).scalar_subquery()
