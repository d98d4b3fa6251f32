"""The register, to look a city up in; while one types, only the part of a form that a place is chosen in."""

from flask import render_template, request

from cityexchange.cities.forms.place import PlaceSearch
from cityexchange.cities.limits import PLACE_LOOKUPS
from cityexchange.cities.models import City
from cityexchange.cities.views.blueprint import bp
from cityexchange.core.db import db
from cityexchange.core.limits import caller
from cityexchange.core.policy import visible_to
from cityexchange.core.web import me, public


@bp.get("/cities/places")
@public
def index_places():
    """What is found under ?place_text=, and the one chosen by ?geonameid=."""
    PLACE_LOOKUPS.spend(me().id or caller())
    form = PlaceSearch(request.args, meta={"csrf": False})
    if "HX-Request" in request.headers:
        return render_template("cities/_places.html", form=form)
    return render_template("cities/places.html", form=form, city=city_at(form.chosen_place))


def city_at(place):
    """The city of the directory that stands at a place of the register."""
    if place:
        return db.session.scalar(visible_to(me(), City).where(City.geonameid == place.geonameid))
