"""The paving of a city: stones of a town square in a glaze, found from where it lies, so that whoever sees it knows the city before reading.

    city.paving                     one number, kept with its row: every list that names a city can have it as a column
    {{ city.paving | paving }}      "paving g3 m5", the classes of static/css/components/paving.css; drawn by deploy/pavings.py

Nothing but the place goes in, so that it stays the same when others join; the name, where nobody has said where the city lies.
"""

from typing import NamedTuple
from zlib import crc32

GLAZES, MOTIFS = 10, 13


class Paving(NamedTuple):
    glaze: int
    motif: int


def paving_of(slug: str, latitude: float | None, longitude: float | None) -> int:
    """Two wheels, which each degree turns. The factors were searched: 48 cities have 48 pairs, and none shares its own with one of its
    nearest. Should a city ever lie beside its twin, move its coordinates by a hundredth of a degree."""
    if latitude is None or longitude is None:
        return crc32(slug.encode()) % (GLAZES * MOTIFS)
    glaze = int((latitude * 2.56 + longitude * 2.89) % 1 * GLAZES)
    motif = int((latitude * 2.64 + longitude * 0.45) % 1 * MOTIFS)
    return motif * GLAZES + glaze


def parts_of(paving: int) -> Paving:
    motif, glaze = divmod(paving, GLAZES)
    return Paving(glaze, motif)


def classes_of(paving: int | None) -> str:
    """Nothing for who is of no city."""
    return "" if paving is None else "paving g{} m{}".format(*parts_of(paving))


def init_app(app):
    app.jinja_env.filters["paving"] = classes_of
