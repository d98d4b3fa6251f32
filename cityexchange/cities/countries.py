"""Countries by their names in the languages of the pages, as CLDR has them."""

from collections import defaultdict
from functools import cache

from babel import Locale

from cityexchange.cities.register import regions
from cityexchange.core.folding import spelled
from cityexchange.core.i18n import LOCALES


def countries_called(text: str) -> set[str]:
    """The codes of those of this name: whole, for the beginnings of names are cities' too ("New", "San")."""
    return {code for way in spelled(text) for code in _codes().get(way, ())}


@cache
def _codes():
    """{a way to spell the name: codes}"""
    found: dict[str, set[str]] = defaultdict(set)
    for locale in LOCALES:
        names = Locale.parse(locale).territories
        for code in regions():
            for way in spelled(names.get(code, "")):
                found[way].add(code)
    return dict(found)
