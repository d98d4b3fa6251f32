"""The words for kinds and regions of cities (practice.md 2.4), in the reader's language."""

from functools import lru_cache
from operator import itemgetter

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from cityexchange.cities.register import regions
from cityexchange.core.ordering import by_name

KINDS = {
    "traditional": _l("City of traditional immigration"),
    "recent": _l("City of recent immigration"),
    "re_emerging": _l("City of renewed immigration"),
    "transit": _l("Transit city"),
    "origin": _l("City of origin"),
    "return": _l("City of return"),
    "displacement_host": _l("City hosting displaced people"),
    "internal": _l("City of internal migration"),
    "mixed": _l("Mixed profile"),
}
MEANINGS = {
    "traditional": _l("Sustained immigration over two generations or more."),
    "recent": _l("Became a place of settlement within about one generation."),
    "re_emerging": _l("Old immigration, a long pause, and growth again."),
    "transit": _l("Many people pass through, or are held up on the way."),
    "origin": _l("Many people have left; the diaspora matters to local development."),
    "return": _l("Many people come back, by their own will or because they were sent back."),
    "displacement_host": _l("Refugees or internally displaced people are a large share of newcomers."),
    "internal": _l("Newcomers come mostly from within the country."),
    "mixed": _l("No single kind describes the city."),
}
STATES = {
    "draft": _l("Draft"),
    "applied": _l("Applied"),
    "verified": _l("Verified"),
    "active": _l("Active"),
    "dormant": _l("Dormant"),
    "suspended": _l("Suspended"),
    "left": _l("Has left"),
}
STATE_BADGES = {"active": "success", "verified": "success", "applied": "warning", "suspended": "danger"}
BASES = {
    "register": _l("A census or register"),
    "survey": _l("A survey or an estimate"),
    "judgement": _l("Our own judgement"),
}
SIZES = {
    "to_50k": _l("Under 50,000 inhabitants"),
    "to_250k": _l("50,000 to 250,000 inhabitants"),
    "to_1m": _l("250,000 to 1 million inhabitants"),
    "to_5m": _l("1 to 5 million inhabitants"),
    "over_5m": _l("Over 5 million inhabitants"),
}
LEVELS = {
    1: _l("Not begun yet"),
    2: _l("First steps"),
    3: _l("Works in part"),
    4: _l("Works well, we can show it"),
    5: _l("Strong, others learn from us"),
}
"""Words for the levels of a self-assessment (CityShare, practice.md A.4)."""
REGIONS = {
    "africa": _l("Africa"),
    "arab_states": _l("Arab States"),
    "asia_pacific": _l("Asia and the Pacific"),
    "europe": _l("Europe"),
    "latin_america": _l("Latin America and the Caribbean"),
    "north_america": _l("North America"),
}


def city_kind(key):
    return KINDS.get(key, _l("Kind not declared yet"))


def region_name(key):
    return REGIONS.get(key, key)


def size_label(key):
    return SIZES.get(key, "")


def basis_label(key):
    return BASES.get(key, key)


def level_words(level):
    return LEVELS[level]


def country_choices(locale):
    """[(code, name)] of the countries of the register, by their names in a language."""
    return list(_country_choices(locale))


@lru_cache(maxsize=16)
def _country_choices(locale):
    names = _country_names(locale)
    known = ((code, names[code]) for code in regions() if code in names)
    return by_name(known, itemgetter(1), locale)


def country_name(code):
    """Babel's (CLDR's) name of an ISO 3166 country in the reader's language; the code when unknown."""
    return _country_names(str(get_locale())).get(code, code)


@lru_cache(maxsize=32)
def _country_names(locale):
    return dict(Locale.parse(locale).territories)


def init_app(app):
    app.jinja_env.filters.update(
        basis_label=basis_label,
        city_kind=city_kind,
        city_state=lambda key: STATES.get(key, key),
        country_name=country_name,
        kind_meaning=lambda key: MEANINGS.get(key, ""),
        level_words=level_words,
        region_name=region_name,
        size_label=size_label,
    )
    app.jinja_env.globals["state_badges"] = STATE_BADGES
