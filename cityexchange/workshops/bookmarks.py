"""Workshops among what a member keeps for later."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam

from cityexchange.bookmarks.kinds import Keepable, Kept, keepables
from cityexchange.cities.models import City
from cityexchange.core.db import rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.events.models import Schedule
from cityexchange.events.words import day_span
from cityexchange.workshops.models import Workshop


def lines(reader: OneReader, ids):
    zone = reader.timezone or "UTC"
    return [
        Kept("Workshop", row.id, row.title, row.language, row.city_name or "", _when(row, zone))
        for row in rows(_lines(reader), {**reader.bind_values, "ids": ids})
    ]


def _when(row, zone):
    return day_span(row.starts_at, row.ends_at, zone) if row.starts_at else _("No dates yet")


@prepared
def _lines(reader: Reader):
    times = Schedule.starts_at, Schedule.ends_at
    columns = Workshop.id, Workshop.title, Workshop.language, *times, City.called.label("city_name")
    visible = visible_to(reader, Workshop).join(Workshop.schedule).outerjoin(Workshop.host_city)
    return visible.where(Workshop.id.in_(bindparam("ids", expanding=True))).with_only_columns(*columns)


def init_app():
    workshops = Keepable(Workshop, _l("Workshop"), _l("Workshops"), "workshops.show_workshop", "event", lines)
    keepables.add("Workshop", workshops, order=20)
