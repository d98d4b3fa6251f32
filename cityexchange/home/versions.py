"""What version of the landing page there is now: one small read for each kind of record that visitors see on it."""

from typing import Any

from sqlalchemy import func

from cityexchange.cities.models import City
from cityexchange.core.db import rows
from cityexchange.core.policy import prepared, visible_to
from cityexchange.visits.models import StudyVisit
from cityexchange.workshops.versions import version_of_workshops


def version_of_landing(reader: Any) -> tuple[Any, ...]:
    """Rises with the workshops, visits and cities that a visitor sees, and each minute: calls and registrations end by the clock."""
    shown = (rows(_changes(reader, model), reader.facts).one() for model in (StudyVisit, City))
    return *version_of_workshops(reader), *map(tuple, shown)


@prepared
def _changes(reader, model):
    return visible_to(reader, model).with_only_columns(func.count(), func.max(model.updated_at))
