"""The directory: a list and a map of the same cities."""

from flask import jsonify, render_template, request, url_for

from cityexchange.cities.cards import card_columns
from cityexchange.cities.filters import LIVELY_FIRST, chosen_of, narrow, options, words_of
from cityexchange.cities.models import City
from cityexchange.cities.views.blueprint import bp
from cityexchange.core.db import at_most, db
from cityexchange.core.listing import stretch_of
from cityexchange.core.ordering import in_order
from cityexchange.core.policy import visible_to
from cityexchange.core.web import me, public

LINES = 100
"""Cities on a page."""
MARKERS = 2_000
"""Cities on the map."""


@bp.get("/cities")
@public
def index_cities():
    chosen = chosen_of(request.args)
    cities = narrow(visible_to(me(), City), chosen).with_only_columns(*card_columns(chosen))
    stretch = stretch_of(cities, (LIVELY_FIRST, *in_order(City)), LINES)
    return render_template(
        "cities/index.html",
        stretch=stretch,
        tiles=tuple(map(tuple, stretch.rows)),
        count=count_of(cities, stretch),
        chosen=chosen,
        conditions=conditions_of(chosen),
        options=options(me()),
    )


@bp.get("/cities/map")
@public
def show_map():
    """The same cities for the map: [{name, url, at: [latitude, longitude], state}]. Those without a known place are in the list alone."""
    cities = narrow(visible_to(me(), City), chosen_of(request.args)).where(City.latitude.is_not(None))
    columns = cities.with_only_columns(City.slug, City.called, City.latitude, City.longitude, City.state)
    found = db.session.execute(columns.order_by(LIVELY_FIRST, *in_order(City)).limit(at_most(MARKERS)))
    return jsonify([marker(*row) for row in found])


def marker(slug, called, latitude, longitude, state):
    url = url_for(".show_city", slug=slug)
    return {"name": str(called), "url": url, "at": [latitude, longitude], "state": state}


def count_of(cities, stretch):
    if not stretch.after and not stretch.following:
        return len(stretch.rows)
    return db.session.scalar(db.select(db.func.count()).select_from(cities.subquery()))


def conditions_of(chosen):
    """[(filter, its words, the address without it)] of what was chosen."""
    asked = {name: value for name, value in chosen.items() if value}
    return [
        (name, words_of(name, value), url_for(".index_cities", **{**asked, name: None}))
        for name, value in asked.items()
    ]
