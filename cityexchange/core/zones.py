"""Time zones to choose from, by the names of their places."""

from types import SimpleNamespace
from typing import Any
from zoneinfo import available_timezones

from babel.dates import get_timezone_location
from flask_babel import get_locale
from wtforms import SelectChoice

from cityexchange.core.fields import offered


def zone_choices() -> list[SelectChoice]:
    """IANA zones of places, each with the place's name in the reader's language."""
    places = (zone for zone in sorted(available_timezones()) if "/" in zone and not zone.startswith("Etc/"))
    locale = get_locale()
    return offered(("UTC", "UTC"), ((zone, _place(zone, locale)) for zone in places))


def _place(zone, locale):
    continent = zone.split("/")[0]
    # Babel asks for nothing but the name, yet would read each zone's file and keep it: 4 MB.
    named: Any = SimpleNamespace(zone=zone)
    place = get_timezone_location(named, locale=locale, return_city=True)
    return f"{continent} – {place}"
