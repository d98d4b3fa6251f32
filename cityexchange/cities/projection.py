"""Where a place lies on the world of dots: Equal Earth, so that no continent is larger than it is. A picture is never mirrored.

The picture is WIDTH units wide and HEIGHT high; its dots are a hexagonal grid, STEP units apart. Whoever changes this draws the land
anew (`deploy/world.py`).
"""

import math
from collections.abc import Iterator

WIDTH, STEP = 720, 4
ROW = STEP * math.sqrt(3) / 2
"""Between two rows of dots; each second one begins half a step further."""
NORTH, SOUTH, WEST, EAST = 72.0, -56.0, -170.0, 180.0
"""The picture begins in the Bering Strait and has no ice."""
A = (1.340264, -0.081106, 0.000893, 0.003796)
Point = tuple[float, float]


def _equal_earth(latitude, longitude):
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    y = theta * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square))
    slope = A[0] + 3 * A[1] * square + sixth * (7 * A[2] + 9 * A[3] * square)
    return 2 * math.radians(longitude) * math.cos(theta) / (math.sqrt(3) * slope), y


LEFT, TOP = _equal_earth(0, WEST)[0], _equal_earth(NORTH, 0)[1]
SCALE = WIDTH / (_equal_earth(0, EAST)[0] - LEFT)
HEIGHT = round((TOP - _equal_earth(SOUTH, 0)[1]) * SCALE)
SHOWN = (56, 0, WIDTH - 56, HEIGHT)
"""Of it the part that a map of the world shows: farther west there are but islands, which stand beyond its edge."""


def place(latitude: float, longitude: float) -> Point:
    """In units from the upper left corner; what lies beyond the picture stands at its edge."""
    x, y = _equal_earth(latitude, longitude if longitude >= WEST else longitude + 360)
    return min(max((x - LEFT) * SCALE, 0.0), WIDTH), min(max((TOP - y) * SCALE, 0.0), HEIGHT)


def dot(row: int, column: int) -> Point:
    return column * STEP + STEP // 2 * (row % 2), round(row * ROW, 1)


def dots_near(point: Point) -> Iterator[Point]:
    """The dots around a point, the nearest first."""
    rows = range(round(point[1] / ROW) - 4, round(point[1] / ROW) + 5)
    columns = range(round(point[0] / STEP) - 5, round(point[0] / STEP) + 6)
    yield from sorted((dot(row, column) for row in rows for column in columns), key=_from(point))


def _from(point):
    return lambda dot: (math.dist(dot, point), dot)
