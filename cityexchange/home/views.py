from dataclasses import replace

from flask import Blueprint, current_app, render_template
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.db import among, at_most, db, rows, utcnow
from cityexchange.core.ordering import in_order
from cityexchange.core.pages import for_visitors
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import MemberPage, filled, member_pages, mine_parts, start_panels
from cityexchange.core.versions import next_moment, table_version
from cityexchange.core.web import me, public
from cityexchange.forums.listing import TopicList
from cityexchange.visits.models import StudyVisit
from cityexchange.workshops import listing

bp = Blueprint("home", __name__)
SIGNS = 60
"""Cities on the landing page."""


@bp.get("/")
@public
def show_start():
    if me().is_authenticated:
        panels = list(without_repeats(panels_for(me())))
        return render_template("home/start.html", panels=panels, city=me().city)
    # Where members may be tried out the page has forms, and each visitor's form has a token of its own.
    is_for_trying = current_app.jinja_env.globals.get("demo_members", list)()
    version = None if is_for_trying else version_of_landing()
    return for_visitors(version, render_landing)


def version_of_landing():
    """Differs with the workshops, visits and cities that it shows, and as calls and registrations end by the clock."""
    return tuple(rows(_version(), {"now": utcnow()}).one())


@prepared
def _version():
    visits = table_version(StudyVisit), next_moment(StudyVisit.call_deadline)
    return select(*listing.VERSION, *visits, table_version(City))


def render_landing():
    return render_template("home/landing.html", panels=panels_for(me()), city_names=some_city_names())


def panels_for(reader: OneReader):
    return filled(start_panels, reader)


def without_repeats(panels):
    """A topic that several lists would name stands in the first of them alone."""
    named = set()
    for template, context in panels:
        if isinstance(topics := context.get("list"), TopicList):
            left = [topic for topic in topics.topics if topic.id not in named]
            named.update(topic.id for topic in left)
            context = {
                **context,
                "list": replace(topics, topics=left),
                "is_named_above": left != topics.topics,
            }
        yield template, context


def some_city_names():
    """Slugs and names of the cities that take part, for a wall of enamel signs."""
    cities = visible_to(me(), City).where(among(City.state, TAKING_PART))
    names = cities.with_only_columns(City.slug, City.called).order_by(*in_order(City))
    return db.session.execute(names.limit(at_most(SIGNS))).all()


@bp.get("/mine")
def show_mine():
    return render_template("home/mine.html", parts=[part(me()) for part in mine_parts])


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


def init_app(app):
    app.register_blueprint(bp)
    member_pages.add("mine", MemberPage("home.show_mine", _l("My things"), "bookmark"), order=15)
