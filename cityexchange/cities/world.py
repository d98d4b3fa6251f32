"""The world of dots: each city a dot, and who answered whom as lines between them. Drawn by `templates/ui/world.html`."""

import math
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from cityexchange.cities.models import TAKING_PART, City
from cityexchange.cities.policy import CityPolicy
from cityexchange.cities.projection import HEIGHT, SHOWN, WIDTH, Point, dots_near, place
from cityexchange.core.db import among, at_most, rows
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader

MOST = 2_000
"""Cities on a map."""
LINES = 12
"""Cities that asked, in words."""
FAR_LETTERS, NEAR_LETTERS = 17, 24
"""How high letters are that stand on the far map, in units; how many times they go into the width of a near one."""
LEAST = 190
"""Units that a near map is wide at least: nearer, there would be no shape to know."""
Pair = tuple[int, int]
"""The city that asked and the one that answered, by their ids."""


class Dot(NamedTuple):
    """A city: (id, slug, called, latitude, longitude), in the columns of `DOT`."""

    id: int
    slug: str
    called: Any
    latitude: float
    longitude: float


DOT = City.id, City.slug, City.called, City.latitude, City.longitude
HAS_PLACE = City.latitude.is_not(None), City.longitude.is_not(None)


class Spot(NamedTuple):
    """Where a city and its name stand. `anchor`: which part of the name is at `left`; `is_told`: whether the name always shows."""

    slug: str
    name: str
    x: float
    y: float
    left: float
    line: float
    anchor: str
    is_told: bool


class World(NamedTuple):
    """`said` and `told` are paths: faint lines, and those of the page's own subject."""

    box: tuple[int, int, int, int]
    spots: Sequence[Spot]
    said: str
    told: str
    letters: float
    is_near: bool


class Pairs(NamedTuple):
    """Who answered whom, in words: how many `cities` took part, and [(the one that asked, those that answered)], the liveliest first."""

    cities: int
    lines: Sequence[tuple[Dot, Sequence[Dot]]]


def who_answered_whom(cities: Sequence[Dot], between: Mapping[Pair, int]) -> Pairs:
    known = {city.id: city for city in cities}
    both = {pair: count for pair, count in between.items() if known.keys() >= set(pair)}
    answered: dict[int, list[Dot]] = {}
    for (asked, other), _ in sorted(both.items(), key=lambda one: (-one[1], one[0])):
        answered.setdefault(asked, []).append(known[other])
    lines = [(known[asked], others) for asked, others in answered.items()]
    return Pairs(len({id for pair in both for id in pair}), lines[:LINES])


def cities_on_map(reader: OneReader) -> list[Dot]:
    """Those that take part and have a place; who came first keeps its dot when others come."""
    return [Dot(*row) for row in rows(_cities_on_map(reader), reader.bind_values)]


@prepared
def _cities_on_map(reader: Reader):
    visible = CityPolicy.visible(reader).where(among(City.state, TAKING_PART), *HAS_PLACE)
    return visible.with_only_columns(*DOT).order_by(City.id).limit(at_most(MOST))


def cities_at(ids: Collection[int]) -> list[Dot]:
    """Those of a page that names them already."""
    return [Dot(*row) for row in rows(_cities_at(), {"ids": sorted(ids)})] if ids else []


@prepared
def _cities_at():
    wanted = City.id.in_(bindparam("ids", expanding=True))
    return select(*DOT).where(wanted, *HAS_PLACE).order_by(City.id)


def far(cities: Sequence[Dot], said: Iterable[Pair] = (), told: Collection[Pair] = ()) -> World:
    """The whole world; the cities of `told` show their names."""
    dots, named = _dots(cities), {id for pair in told for id in pair}
    spots = _spots(cities, dots, named, FAR_LETTERS, SHOWN)
    faint = [pair for pair in said if pair not in set(told)]
    return World(SHOWN, spots, _arcs(faint, dots), _arcs(told, dots), FAR_LETTERS, False)


def near(cities: Sequence[Dot], told: Collection[Pair] = ()) -> World | None:
    """A window around these cities, twice as wide as high, with all their names; None without a place to show."""
    if not cities:
        return None
    dots = _dots(cities)
    box = _window(dots.values())
    letters = round(box[2] / NEAR_LETTERS, 1)
    spots = _spots(cities, dots, dots.keys(), letters, box)
    return World(box, spots, "", _arcs(told, dots), letters, True)


def _dots(cities):
    """{id: its dot}: the nearest that no earlier city has, so that of two neighbours both are seen."""
    taken: dict[int, Point] = {}
    for city in cities:
        held = set(taken.values())
        around = dots_near(place(city.latitude, city.longitude))
        taken[city.id] = next(
            (dot for dot in around if dot not in held), place(city.latitude, city.longitude)
        )
    return taken


def _arcs(pairs, dots):
    return "".join(_arc(dots[a], dots[b]) for a, b in sorted(pairs) if a in dots and b in dots)


def _arc(start, end):
    (x1, y1), (x2, y2) = start, end
    lift = min(0.32 * math.dist(start, end), 60)
    return f"M{x1:g} {y1:g}Q{(x1 + x2) / 2:g} {(y1 + y2) / 2 - lift:.0f} {x2:g} {y2:g}"


def _window(dots):
    xs, ys = [x for x, _ in dots], [y for _, y in dots]
    width = min(max(max(xs) - min(xs) + 90, 2 * (max(ys) - min(ys)) + 70, LEAST), WIDTH)
    left = min(max((min(xs) + max(xs) - width) / 2, 0), WIDTH - width)
    top = min(max((min(ys) + max(ys) - width / 2) / 2, 0), max(HEIGHT - width / 2, 0))
    return round(left), round(top), round(width), round(width / 2)


def _spots(cities, dots, named, letters, box):
    """Names that always show are placed one after the other where nothing stands yet; the last of them may find no room."""
    full = [(x - 3, y - 3, x + 3, y + 3) for id, (x, y) in dots.items() if id in named]
    spots = []
    for city in sorted(cities, key=lambda city: (dots[city.id][::-1], city.id)):
        name, (x, y) = str(city.called), dots[city.id]
        ways = list(_ways(x, y, _width(name, letters), letters))
        free = [way for way in ways if _fits(way[0], full, box)]
        is_told = city.id in named and bool(free)
        taken, left, line, anchor = (free or [way for way in ways if _fits(way[0], (), box)] or ways)[0]
        if is_told:
            full.append(taken)
        spots.append(Spot(city.slug, name, x, y, left, line, anchor, is_told))
    return spots


def _ways(x, y, width, letters):
    """(the room that a name takes, where it begins, its line, its anchor): above, below, behind, before."""
    gap, half = 5, width / 2
    for line in (y - gap, y + gap + letters * 0.8):
        yield (x - half, line - letters * 0.8, x + half, line + 1), x, round(line, 1), "middle"
    line = round(y + letters * 0.3, 1)
    yield (x + gap, line - letters * 0.8, x + gap + width, line + 1), x + gap, line, "start"
    yield (x - gap - width, line - letters * 0.8, x - gap, line + 1), x - gap, line, "end"


def _fits(room, full, box):
    left, top, right, bottom = room
    if left < box[0] or top < box[1] or right > box[0] + box[2] or bottom > box[1] + box[3]:
        return False
    return not any(left < x2 and x1 < right and top < y2 and y1 < bottom for x1, y1, x2, y2 in full)


def _width(name, letters):
    """About: signs of Chinese are as wide as high."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in name) * letters
