from dataclasses import replace
from functools import partial

from flask import Blueprint, current_app, render_template
from flask_babel import lazy_gettext as _l

from cityexchange.core.pages import for_visitors
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import MemberPage, filled, member_pages, mine_parts, start_panels
from cityexchange.core.web import me, public
from cityexchange.forums.listing import TopicList
from cityexchange.home.landing import head_of, version_of_landing
from cityexchange.home.parts import part_of
from cityexchange.home.waiting import what_is_mine

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def show_start():
    if me().is_authenticated:
        return render_start(me())
    # Where members may be tried out the page has forms, and each visitor's form has a token of its own.
    is_for_trying = current_app.jinja_env.globals.get("demo_members", list)()
    version = version_of_landing(me())
    return for_visitors(None if is_for_trying else version, partial(render_landing, version))


def render_landing(version):
    return render_template("home/landing.html", panels=panels_for(me()), head=head_of(version, me()))


def panels_for(reader: OneReader):
    return filled(start_panels, reader)


def render_start(reader: OneReader):
    mine = what_is_mine(reader)
    panels = list(without_repeats(panels_for(reader), mine.named))
    context = {"mine": mine, "part": part_of(reader), "city": reader.city, "panels": panels}
    return render_template("home/start.html", **context)


def without_repeats(panels, named):
    """What stands above, among what is mine or in an earlier list, stands in no list below it."""
    named = set(named)
    for template, context in panels:
        if isinstance(topics := context.get("list"), TopicList):
            left = [topic for topic in topics.topics if ("Topic", topic.id) not in named]
            named.update(("Topic", topic.id) for topic in left)
            is_above = left != topics.topics
            context = {**context, "list": replace(topics, topics=left), "is_named_above": is_above}
        if cards := context.get("cards"):
            left = [card for card in cards if ("Workshop", card.id) not in named]
            context = {**context, "cards": left}
        if context.get("cards") != []:
            yield template, context


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
