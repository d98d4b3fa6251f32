"""Time zones: what their clocks show, their names in words, and the list to choose from.

Their rules come from the locked package tzdata alone (cityexchange/__init__.py): a machine's own files are as old as the machine.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from zoneinfo import TZPATH, ZoneInfo

import tzdata
from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_gmt
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import SelectChoice

from cityexchange.core.db import utcnow
from cityexchange.core.ordering import by_name

HOUR = timedelta(hours=1)


def zone_data() -> str:
    """The release of the rules, as "2026f". For /readyz: raises where another source than the package is asked too."""
    if TZPATH:
        raise LookupError("Zones are read from the machine's files.")
    return tzdata.IANA_VERSION


def zone_in_words(zone: str, at: datetime | None = None) -> str:
    """ "Tunis time (Central European Standard Time)", in the reader's language; offsets never stand alone."""
    moment = (at or utcnow()).astimezone(UTC)
    name = _name_of_clock(zone, moment.replace(second=0, microsecond=0), str(get_locale()))
    return name if zone == "UTC" else _("%(city)s time (%(zone)s)", city=zone_place(zone), zone=name)


def zone_place(zone: str) -> str:
    """The place that a zone is called after, in the reader's language: "Le Caire"."""
    return _place(zone, str(get_locale()))


def zone_choices(*likely: str) -> list[SelectChoice]:
    """Each place of the world once, as "Tunisia – Tunis" in the reader's language; UTC and the `likely` zones first."""
    locale = str(get_locale())
    first = list(dict.fromkeys(("UTC", *filter(None, likely))))
    rest = ((zone, words) for zone, words in _places(locale) if zone not in first)
    return [SelectChoice(*choice) for choice in (*((zone, _label(zone, locale)) for zone in first), *rest)]


@cache
def _places(locale):
    return by_name(((zone, _label(zone, locale)) for zone in _countries()), itemgetter(1), locale)


@cache
def _countries():
    """The release's own list of places, with their countries: without the old names, which are links to the same clocks."""
    lines = files("tzdata").joinpath("zoneinfo/zone.tab").read_text().splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {zone: country for country, _where, zone, *_ in rows}


def _label(zone, locale):
    country = _country(zone, locale)
    return f"{country} – {_place(zone, locale)}" if country else _place(zone, locale)


@lru_cache(maxsize=4096)
def _place(zone, locale):
    named = _by_any_name(Locale.parse(locale).time_zones, zone) or {}
    return named.get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")


def _country(zone, locale):
    country = _countries().get(zone) or _by_any_name(get_global("zone_territories"), zone)
    return None if country in {None, "ZZ", "001"} else Locale.parse(locale).territories.get(country)


def _by_any_name(facts, zone):
    return next((facts[name] for name in _names(zone) if name in facts), None)


@cache
def _names(zone):
    """CLDR keeps facts under the name a zone had first (Asia/Calcutta), others use what it is called since (Asia/Kolkata)."""
    aliases = get_global("zone_aliases")
    return zone, *(old for old, new in aliases.items() if new == zone), aliases.get(zone, zone)


@lru_cache(maxsize=4096)
def _name_of_clock(zone, moment, locale):
    """The name of the time that clocks of `zone` show at `moment`; their country and offset where it has none that is true."""
    local, words = moment.astimezone(ZoneInfo(zone)), Locale.parse(locale)
    season = _season(local)
    kind = _by_any_name(get_global("meta_zones"), zone)
    if season and (kind is None or local.utcoffset() == _usual_offsets(kind, local.year)[season]):
        for named in (_by_any_name(words.time_zones, zone), words.meta_zones.get(kind)):
            if name := (named or {}).get("long", {}).get(season):
                return name
    offset = get_timezone_gmt(local, "long", locale=locale)
    country = _country(zone, locale)
    if _is_alone_in_its_country(zone):
        return _("%(country)s time, %(offset)s", country=country, offset=offset)
    return _("%(country)s, %(offset)s", country=country, offset=offset) if country else offset


def _is_alone_in_its_country(zone):
    # CLDR has a pattern for this ("%s Time"), of which Babel keeps the one for summers in some languages.
    code = _countries().get(zone)
    return code is not None and list(_countries().values()).count(code) == 1


def _season(local):
    """As CLDR calls it. A summer that lasts over the winter (Cuba, 2027) is none: nobody calls January's clocks so."""
    if not _is_summer(local):
        return "standard"
    lasts = all(datetime(local.year, month, 15, tzinfo=local.tzinfo).dst() for month in (1, 7))
    return None if lasts else "daylight"


def _is_summer(local):
    """Ireland's law has it the other way round: its winter saves minus an hour, its summer nothing."""
    return local.dst() > timedelta(0) or local.dst() == timedelta(0) > min(
        other.dst() for other in _months(local.tzinfo, local.year)
    )


@lru_cache(maxsize=1024)
def _usual_offsets(kind, year):
    """What most clocks of one kind of time show: who has left it keeps the name in CLDR, and no longer its hour."""
    zones = (zone for zone, other in get_global("meta_zones").items() if other == kind)
    offsets = Counter(offsets for zone in zones if (offsets := _offsets(zone, year)))
    standard: Counter[timedelta] = Counter()
    for (low, _high), count in offsets.items():
        standard[low] += count
    usual = standard.most_common(1)[0][0]
    summers = Counter({high: n for (low, high), n in offsets.items() if low == usual and high != low})
    return {
        "standard": usual,
        "generic": usual,
        "daylight": summers.most_common(1)[0][0] if summers else usual + HOUR,
    }


def _offsets(zone, year):
    # Not kept: it would hold half of the world's zones in memory for a name.
    offsets = [moment.utcoffset() for moment in _months(ZoneInfo.no_cache(zone), year)]
    return min(offsets), max(offsets)


def _months(info, year):
    return [datetime(year, month, 15, 12, tzinfo=info) for month in range(1, 13)]
