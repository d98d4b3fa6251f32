from flask import Blueprint, render_template, request

from cityexchange.cities import labels
from cityexchange.cities.models import City, Interest
from cityexchange.core.db import db, rows
from cityexchange.core.listing import stretch_of
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import city_panels, theme_panels
from cityexchange.core.web import find, me, public
from cityexchange.themes.labels import theme_label
from cityexchange.themes.models import Theme

bp = Blueprint("cities", __name__)
TILE = City.slug, City.name, City.country, City.kind_primary
LINES = 100
"""Cities on a page."""
FILTERS = ("q", "kind", "region", "offer", "need")


@bp.get("/cities")
@public
def index_cities():
    chosen = {name: request.args.get(name, "").strip() for name in FILTERS}
    cities = narrow(visible_to(me(), City), chosen).with_only_columns(*TILE)
    stretch = stretch_of(cities, (City.name, City.id), LINES)
    return render_template(
        "cities/index.html",
        stretch=stretch,
        tiles=tuple(map(tuple, stretch.rows)),
        count=count_of(cities, stretch),
        chosen=chosen,
        kinds=labels.KINDS.items(),
        regions=labels.REGIONS.items(),
        themes=theme_choices(),
    )


def count_of(cities, stretch):
    if not stretch.after and not stretch.following:
        return len(stretch.rows)
    return db.session.scalar(db.select(db.func.count()).select_from(cities.subquery()))


def narrow(cities, chosen):
    """The cities that meet every condition chosen; an empty one is no condition."""
    conditions = {
        "q": lambda text: City.name.icontains(text, autoescape=True),
        "kind": lambda kind: City.kind_primary == kind,
        "region": lambda region: City.region == region,
        "offer": lambda key: interested("offer", key),
        "need": lambda key: interested("need", key),
    }
    return cities.where(*(conditions[name](value) for name, value in chosen.items() if value))


def theme_choices():
    keys = visible_to(me(), Theme).with_only_columns(Theme.key).order_by(Theme.position)
    return [(key, theme_label(key)) for key in rows(keys, {}).scalars()]


@bp.get("/themes")
@public
def index_themes():
    """The taxonomy by cluster, with how many of the cities one may see offer and need each theme."""
    themes = db.session.scalars(visible_to(me(), Theme).order_by(Theme.position)).all()
    return render_template("cities/themes.html", themes=themes, counts=interest_counts())


def interest_counts():
    """{(theme id, "offer" or "need"): cities}"""
    shown = visible_to(me(), City).with_only_columns(City.id)
    counts = (
        db.select(Interest.theme_id, Interest.side, db.func.count())
        .where(Interest.city_id.in_(shown))
        .group_by(Interest.theme_id, Interest.side)
    )
    return {(theme_id, side): count for theme_id, side, count in db.session.execute(counts)}


@bp.get("/themes/<key>")
@public
def show_theme(key):
    theme = find(Theme, key, by=Theme.key)
    cities = visible_to(me(), City).order_by(City.name)
    panels = [panel for make in theme_panels if (panel := make(me(), theme))]
    return render_template(
        "cities/theme.html",
        theme=theme,
        offering=db.session.scalars(cities.where(interested("offer", key))).all(),
        needing=db.session.scalars(cities.where(interested("need", key))).all(),
        panels=panels,
    )


def interested(side, key):
    return City.interests.any((Interest.side == side) & Interest.theme.has(Theme.key == key))


@bp.get("/cities/<slug>")
@public
def show_city(slug):
    city = find(City, slug, by=City.slug)
    panels = [panel for make in city_panels if (panel := make(me(), city))]
    return render_template("cities/show.html", city=city, panels=panels)
