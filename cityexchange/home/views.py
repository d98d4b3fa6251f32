from flask import Blueprint, render_template

from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import start_panels
from cityexchange.core.web import me, public

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def show_start():
    panels = [panel for make in start_panels if (panel := make(me()))]
    if me().is_authenticated:
        return render_template("home/start.html", panels=panels, city=me().city)
    return render_template("home/landing.html", panels=panels, city_names=some_city_names())


def some_city_names():
    """Slugs and names of the cities that take part, for a wall of enamel signs."""
    names = visible_to(me(), City).with_only_columns(City.slug, City.name).order_by(City.name)
    return db.session.execute(names.limit(60)).all()


@bp.get("/about")
@public
def about():
    return render_template("home/about.html")


@bp.get("/accessibility")
@public
def accessibility():
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@public
def privacy():
    return render_template("home/privacy.html")


@bp.get("/it-department")
@public
def it_department():
    return render_template("home/it_department.html")


@bp.get("/robots.txt")
@public
def robots():
    """Public pages may be found; what needs an account is not worth a crawler's time."""
    closed = ("/settings", "/chat", "/members", "/files")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return "\n".join(lines) + "\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
