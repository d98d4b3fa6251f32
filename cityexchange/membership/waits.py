"""Cities that ask to take part, among what waits for the team."""

from flask import url_for
from flask_babel import gettext as _

from cityexchange.cities.models import City
from cityexchange.core.db import at_most, constant
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import MOST, Said, Wait, lines, waits
from cityexchange.membership.models import CityApplication


def find(reader: Reader):
    if not reader.has_team_role("coordinator", "admin"):
        return None
    waiting = visible_to(reader, CityApplication).where(CityApplication.state == constant("waiting"))
    oldest = waiting.join(City, City.id == CityApplication.city_id).order_by(CityApplication.id)
    known = {"since": CityApplication.created_at, "who": CityApplication.name, "city": City.called}
    return lines(oldest.limit(at_most(MOST)), "CityApplication", CityApplication.id, **known)


def say(row):
    return Said(
        kind=_("A city applies"),
        title=_("%(city)s asks to take part", city=str(row.city)),
        why=_("%(name)s wrote for the city, and waits for your decision.", name=row.who),
        way=_("Read the application"),
        address=url_for("membership.show_application", id=row.id),
    )


def init_app():
    waits.add("city_applications", Wait("city_applications", find, say, "city"), order=10)
