"""Study visits among what a member keeps for later."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam

from cityexchange.bookmarks.kinds import Keepable, Kept, keepables
from cityexchange.cities.models import City
from cityexchange.core.db import rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.events.words import days_in_words
from cityexchange.visits.models import StudyVisit


def lines(reader: OneReader, ids):
    return [
        Kept("StudyVisit", row.id, row.title, row.language, row.city_name, _when(row))
        for row in rows(_lines(reader), {**reader.bind_values, "ids": ids})
    ]


def _when(row):
    has_days = row.starts_on and row.ends_on
    return days_in_words(row.starts_on, row.ends_on) if has_days else _("Dates not fixed yet")


@prepared
def _lines(reader: Reader):
    days = StudyVisit.starts_on, StudyVisit.ends_on
    columns = StudyVisit.id, StudyVisit.title, StudyVisit.language, *days, City.called.label("city_name")
    visible = visible_to(reader, StudyVisit).join(City, City.id == StudyVisit.host_city_id)
    return visible.where(StudyVisit.id.in_(bindparam("ids", expanding=True))).with_only_columns(*columns)


def init_app():
    visits = Keepable(StudyVisit, _l("Study visit"), _l("Study visits"), "visits.show_visit", "visit", lines)
    keepables.add("StudyVisit", visits, order=30)
