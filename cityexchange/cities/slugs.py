"""The part of a city's address that is its name."""

from cityexchange.cities.models import City
from cityexchange.core.slugs import free, slug_of

KEPT_FREE = {"apply", "places", "map"}
"""Addresses below /cities that are pages of their own."""


def free_slug(name: str) -> str:
    return free(City.slug, slug_of(name, "city"), KEPT_FREE)
