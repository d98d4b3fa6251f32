"""Draws the land of the world of dots: `.venv/bin/python deploy/world.py`.

Reads the outlines of the npm package world-atlas (land-110m.json: Natural Earth, coasts only, no border) and writes
static/img/world.svg, which is committed: it changes only with cityexchange/cities/projection.py.
"""

import json
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cityexchange.cities.projection import HEIGHT, ROW, STEP, WIDTH, dot, place  # noqa: E402

OUTLINES = ROOT / "node_modules" / "world-atlas" / "land-110m.json"
PICTURE = ROOT / "static" / "img" / "world.svg"
LOOK = (
    f'fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-dasharray="0 {STEP}"'
)


def rings(topology):
    """The outlines in units of the picture. A ring is a chain of arcs, an arc a chain of differences."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append(place_of(y * high + south, x * wide + west))
        arcs.append(line)
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            for ring in polygon:
                yield [point for n in ring for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]


def place_of(latitude, longitude):
    """What lies west of the picture would come in again from the east: it stays at the edge."""
    return place(latitude, max(longitude, -170.0))


def land(topology):
    """{row: columns of its dots on land}, by the even-odd rule."""
    outlines, found = list(rings(topology)), {}
    for row in range(int(HEIGHT / ROW)):
        y = row * ROW + 0.01
        cuts = sorted(cut for ring in outlines for cut in cuts_of(ring, y))
        for begin, end in zip(cuts[::2], cuts[1::2], strict=True):
            shift = dot(row, 0)[0]
            columns = range(math.ceil((begin - shift) / STEP), math.floor((end - shift) / STEP) + 1)
            found.setdefault(row, set()).update(c for c in columns if 0 < c * STEP < WIDTH)
    return found


def cuts_of(ring, y):
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > y) != (y2 > y):
            yield x1 + (y - y1) * (x2 - x1) / (y2 - y1)


def path(found):
    """One path: a dash of no length with round ends makes a dot of each step; one unit more, and of the last too."""
    words = []
    for row, columns in sorted(found.items()):
        for first in sorted(c for c in columns if c - 1 not in columns):
            last = next(c for c in range(first, WIDTH) if c + 1 not in columns)
            (x, y), length = dot(row, first), (last - first) * STEP + 1
            words.append(f"M{x} {y:g}h{length}")
    return "".join(words)


def drawing():
    drawn = path(land(json.loads(OUTLINES.read_text("utf-8"))))
    return f'<svg xmlns="http://www.w3.org/2000/svg"><path id="land" {LOOK} d="{drawn}"/></svg>\n'


if __name__ == "__main__":
    PICTURE.write_text(drawing(), "utf-8")
