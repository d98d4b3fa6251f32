from flask import render_template

from cityexchange.core.db import db
from cityexchange.core.listing import stretch_of
from cityexchange.core.ordering import in_order
from cityexchange.core.registries import filled, space_panels
from cityexchange.core.web import find_projected, me, public
from cityexchange.spaces.models import Membership, Space
from cityexchange.spaces.panels import invitations_to
from cityexchange.spaces.policy import SpacePolicy
from cityexchange.spaces.reading import SPACE
from cityexchange.spaces.views.blueprint import bp

LINES = 60
"""Spaces on a page."""


@bp.get("")
@public
def index_spaces():
    """`roles`: what the reader is, by the id of a space that they are in."""
    stretch = stretch_of(SpacePolicy.listed(me()), in_order(Space), LINES)
    ids = [space.id for (space,) in stretch.rows]
    mine = db.select(Membership.space_id, Membership.role).where(
        Membership.member_id == me().id, Membership.space_id.in_(ids)
    )
    roles = dict(db.session.execute(mine).all()) if me().is_authenticated else {}
    return render_template(
        "spaces/index.html", stretch=stretch, roles=roles, blank=Space(), invitations=invitations_to(me())
    )


@bp.get("/<slug>")
@public
def show_space(slug):
    space = find_projected(SPACE, slug, by=Space.slug)
    panels = filled(space_panels, me(), space)
    return render_template("spaces/show.html", space=space, panels=panels)
