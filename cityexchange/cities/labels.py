"""The words for kinds and regions of cities (practice.md 2.4), in the reader's language."""

from functools import lru_cache

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

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


def country_name(code):
    """Babel's (CLDR's) name of an ISO 3166 country in the reader's language; the code when unknown."""
    return _country_names(str(get_locale())).get(code, code)


@lru_cache(maxsize=32)
def _country_names(locale):
    return dict(Locale.parse(locale).territories)


def init_app(app):
    app.jinja_env.filters.update(city_kind=city_kind, region_name=region_name, country_name=country_name)
