"""Keeps the paving with the row of what lies somewhere, for lists."""

from sqlalchemy import SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, validates

from cityexchange.cities.paving import paving_of


def _of_row(context):
    """Of rows that are written past the session."""
    values = context.get_current_parameters()
    return paving_of(values["slug"], values.get("latitude"), values.get("longitude"))


class Paved:
    """A model with `slug`, `latitude` and `longitude`. Which stones in which glaze: it repeats what the place says (cities/paving.py)."""

    slug: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    paving: Mapped[int] = mapped_column(SmallInteger, default=_of_row)

    @validates("slug", "latitude", "longitude")
    def _pave(self, field, value):
        place = {"slug": self.slug, "latitude": self.latitude, "longitude": self.longitude, field: value}
        if place["slug"]:
            self.paving = paving_of(**place)
        return value
