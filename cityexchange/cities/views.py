from flask import Blueprint, render_template

from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import city_panels
from cityexchange.core.web import find_by, me, public

bp = Blueprint("cities", __name__, url_prefix="/cities")


@bp.get("")
@public
def index_cities():
    cities = db.session.scalars(visible_to(me(), City).order_by(City.name)).all()
    return render_template("cities/index.html", cities=cities)


@bp.get("/<slug>")
@public
def show_city(slug):
    city = find_by(City, City.slug == slug, known_as=slug)
    panels = [panel for make in city_panels if (panel := make(me(), city))]
    return render_template("cities/show.html", city=city, panels=panels)
