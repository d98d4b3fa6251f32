"""The taxonomy: what cities offer and need, theme by theme."""

from flask import render_template

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
    cities = visible_to(me(), City).where(among(City.state, TAKING_PART))
    panels = filled(theme_panels, me(), theme)
    return render_template(
        "cities/theme.html",
        theme=theme,
        offering=by_name(db.session.scalars(cities.where(interested("offer", key)))),
        needing=by_name(db.session.scalars(cities.where(interested("need", key)))),
        panels=panels,
    )
