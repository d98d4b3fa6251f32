from flask import Blueprint, render_template

from cityexchange.core import audit
from cityexchange.core.limits import WriteLimit
from cityexchange.core.listing import stretch_of
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import space_panels
from cityexchange.core.web import authorize, find, me, public, see_other
from cityexchange.spaces.models import Space

MEMBERSHIPS = WriteLimit("membership", most=30, seconds=300)
bp = Blueprint("spaces", __name__, url_prefix="/spaces")
LINES = 60
"""Spaces on a page."""


@bp.get("")
@public
def index_spaces():
    stretch = stretch_of(visible_to(me(), Space), (Space.name, Space.id), LINES)
    return render_template("spaces/index.html", stretch=stretch)


@bp.get("/<slug>")
@public
def show_space(slug):
    space = find(Space, slug, by=Space.slug)
    panels = [panel for make in space_panels if (panel := make(me(), space))]
    return render_template("spaces/show.html", space=space, panels=panels)


@bp.post("/<slug>/join")
def join_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("join", space)
    MEMBERSHIPS.spend(me().id)
    space.admit(me())
    audit.record("join_space", space, actor_id=me().id)
    return see_other("spaces.show_space", slug=slug)


@bp.post("/<slug>/leave")
def leave_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("leave", space)
    MEMBERSHIPS.spend(me().id)
    space.leave(me())
    audit.record("leave_space", space, actor_id=me().id)
    return see_other("spaces.index_spaces")
