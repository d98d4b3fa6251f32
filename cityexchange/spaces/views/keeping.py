"""Opening a space, saying what it is for and who reads in it, and closing it for new words."""

from flask import flash, render_template
from flask_babel import gettext as _

from cityexchange.core.once import once
from cityexchange.core.slugs import free, slug_of
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.spaces.forms import SpaceForm
from cityexchange.spaces.limits import MEMBERSHIPS
from cityexchange.spaces.models import Space
from cityexchange.spaces.views.blueprint import bp

KEPT_FREE = {"new", "entries", "memberships"}
"""Addresses below /spaces that are pages of their own."""


@bp.get("/new")
def new_space():
    authorize("create", Space())
    return render_template("spaces/edit.html", space=None, form=SpaceForm())


@bp.post("")
@once
def create_space():
    authorize("create", Space())
    form = SpaceForm()
    if not form.validate():
        return render_template("spaces/edit.html", space=None, form=form), 422
    MEMBERSHIPS.spend(me().id)
    slug = free(Space.slug, slug_of(form.name.data, "space"), KEPT_FREE)
    Space.open(me(), slug=slug, **form.values)
    return see_other(".show_space", slug=slug)


@bp.get("/<slug>/edit")
def edit_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("edit", space)
    return render_template("spaces/edit.html", space=space, form=SpaceForm(space))


@bp.post("/<slug>/edit")
def update_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("edit", space)
    form = SpaceForm(space)
    if not form.validate():
        return render_template("spaces/edit.html", space=space, form=form), 422
    MEMBERSHIPS.spend(me().id)
    space.change(me(), **form.values)
    flash(_("Saved."))
    return see_other(".show_space", slug=slug)


@bp.post("/<slug>/archive")
def archive_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("edit", space)
    space.archive()
    flash(_("The space is archived: it is read, and nobody writes in it any more."))
    return see_other(".show_space", slug=slug)


@bp.post("/<slug>/reopen")
def reopen_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("edit", space)
    space.reopen()
    return see_other(".show_space", slug=slug)
