"""Which cities of the directory somebody wants to see, and how many there are of each kind."""

from collections import Counter
from operator import attrgetter
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import String, and_, case, cast, false, func, or_, select

from cityexchange.cities import register
from cityexchange.cities.countries import countries_called
from cityexchange.cities.labels import KINDS, REGIONS
from cityexchange.cities.models import TAKING_PART, City, Interest
from cityexchange.core.db import among, rows
from cityexchange.core.i18n import language_name
from cityexchange.core.named import holds
from cityexchange.core.ordering import by_name
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.themes.labels import theme_label
from cityexchange.themes.models import Theme

FILTERS = ("q", "kind", "theme", "region", "language", "offer", "need")
SPELLINGS = 30
"""Places of the register that a name may mean."""
LIVELY_FIRST = case({"active": 0, "verified": 1, "dormant": 2}, value=City.state, else_=3)


class Option(NamedTuple):
    key: str
    words: str
    count: int


def chosen_of(arguments):
    """{filter: what was asked for}; an empty one is no condition."""
    return {name: arguments.get(name, "").strip() for name in FILTERS}


def narrow(cities, chosen):
    """The cities that meet every condition chosen."""
    return cities.where(*(CONDITIONS[name](value) for name, value in chosen.items() if value))


def named(text):
    """By any of its names here, any that the register knows, or that of its country."""
    numbers = [place.geonameid for place in register.search(text, SPELLINGS)]
    return or_(
        holds(City, text), City.geonameid.in_(numbers), City.country.in_(sorted(countries_called(text)))
    )


def of_kind(kind):
    return or_(City.kind_primary == kind, _holds(City.kinds_other, kind)) if kind in KINDS else false()


def working_in(language):
    return _holds(City.working_languages, language)


def interested(side, key):
    return City.interests.any(and_(Interest.side == side, Interest.theme.has(Theme.key == key)))


def with_theme(key):
    return City.interests.any(Interest.theme.has(Theme.key == key))


def _holds(column, word):
    """Lists of keys are JSON, on both databases the text ["ar", "fr"]."""
    return cast(column, String).contains(f'"{word}"', autoescape=True)


CONDITIONS = {
    "q": named,
    "kind": of_kind,
    "theme": with_theme,
    "region": lambda region: City.region == region,
    "language": working_in,
    "offer": lambda key: interested("offer", key),
    "need": lambda key: interested("need", key),
}


def options(reader: OneReader):
    """{filter: [Option]}, those that some city meets, with how many do."""
    kinds, regions, languages = _counts_of_columns(reader)
    sides = theme_counts(reader)
    themes = rows(_themes(reader), reader.bind_values).scalars().all()
    return {
        "kind": _present((key, words, kinds[key]) for key, words in KINDS.items()),
        "theme": _present((key, theme_label(key), sides[key, "either"]) for key in themes),
        "region": _present((key, words, regions[key]) for key, words in REGIONS.items()),
        "language": by_name(
            _present((key, language_name(key), count) for key, count in languages.items()),
            attrgetter("words"),
        ),
        "offer": _present((key, theme_label(key), sides[key, "offer"]) for key in themes),
        "need": _present((key, theme_label(key), sides[key, "need"]) for key in themes),
    }


def words_of(name, value):
    """What was chosen, in the reader's language."""
    words = {
        "kind": KINDS.get,
        "region": REGIONS.get,
        "language": language_name,
        "q": lambda text: f"“{text}”",
    }
    return words.get(name, theme_label)(value) or value


def _present(found):
    return [
        Option(key, _("%(choice)s (%(count)s)", choice=words, count=count), count)
        for key, words, count in found
        if count
    ]


def _counts_of_columns(reader: OneReader):
    kinds, regions, languages = Counter(), Counter(), Counter()
    for primary, others, region, spoken in rows(_columns(reader), reader.bind_values):
        kinds.update({primary, *others})
        regions[region] += 1
        languages.update(set(spoken))
    return kinds, regions, languages


def theme_counts(reader: OneReader):
    """{(theme's key, "offer", "need" or "either"): cities that take part}"""
    counts = Counter()
    for key, side, count in rows(_interests(reader), reader.bind_values):
        counts[key, side] = count
    for key, count in rows(_interested(reader), reader.bind_values):
        counts[key, "either"] = count
    return counts


@prepared
def _columns(reader: Reader):
    return visible_to(reader, City).with_only_columns(
        City.kind_primary, City.kinds_other, City.region, City.working_languages
    )


@prepared
def _themes(reader: Reader):
    return visible_to(reader, Theme).with_only_columns(Theme.key).order_by(Theme.position)


@prepared
def _interests(reader: Reader):
    counts = select(Theme.key, Interest.side, func.count()).join(Interest, Interest.theme_id == Theme.id)
    return counts.where(Interest.city_id.in_(_taking_part(reader))).group_by(Theme.key, Interest.side)


@prepared
def _interested(reader: Reader):
    cities = func.count(Interest.city_id.distinct())
    counts = select(Theme.key, cities).join(Interest, Interest.theme_id == Theme.id)
    return counts.where(Interest.city_id.in_(_taking_part(reader))).group_by(Theme.key)


def _taking_part(reader: Reader):
    return visible_to(reader, City).where(among(City.state, TAKING_PART)).with_only_columns(City.id)
