"""A city and who speaks for it."""

from cityexchange.core.db import db
from cityexchange.themes.models import Theme
from cityexchange.themes.taxonomy import load_taxonomy
from tests.factories import CityFactory, MemberFactory


def speaker(city=None, role="city_focal_point"):
    """A member who speaks for a city, `member.city`."""
    return MemberFactory(city=city or CityFactory(slug="lyon", name="Lyon"), role=role)


def themes(*keys):
    """The themes of these keys, of the taxonomy."""
    load_taxonomy()
    found = {theme.key: theme for theme in db.session.scalars(db.select(Theme))}
    return [found[key] for key in keys]
