"""The taxonomy: what cities offer and need, theme by theme."""

from operator import attrgetter

from flask import render_template
from sqlalchemy import or_

from cityexchange.cities.filters import interested, theme_counts
from cityexchange.cities.models import TAKING_PART, City
from cityexchange.cities.views.blueprint import bp
from cityexchange.core.db import among, db
from cityexchange.core.ordering import by_name
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import filled, theme_panels
from cityexchange.core.web import find, me, public
from cityexchange.themes.models import Theme


@bp.get("/themes")
@public
def index_themes():
    """The taxonomy by cluster, with how many of the cities that take part offer and need each theme."""
    themes = db.session.scalars(visible_to(me(), Theme).order_by(Theme.position)).all()
    return render_template("cities/themes.html", themes=themes, counts=theme_counts(me()))


@bp.get("/themes/<key>")
@public
def show_theme(key):
    theme = find(Theme, key, by=Theme.key)
    offering, needing = cities_on(key)
    panels = filled(theme_panels, me(), theme)
    return render_template(
        "cities/theme.html",
        theme=theme,
        offering=offering,
        needing=needing,
        panels=panels,
    )


def cities_on(key):
    """Those that offer it and those that need it; some do both."""
    sides = [interested(side, key) for side in ("offer", "need")]
    cities = visible_to(me(), City).where(among(City.state, TAKING_PART), or_(*sides)).add_columns(*sides)
    found = db.session.execute(cities).all()
    return [by_name((row[0] for row in found if row[n]), attrgetter("called")) for n in (1, 2)]
