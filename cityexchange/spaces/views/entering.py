"""Coming into a space by a press, by asking, or by being asked; and leaving it."""

from flask import flash, render_template
from flask_babel import gettext as _

from cityexchange.core.db import db
from cityexchange.core.once import once
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members.forms import DeclineForm
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.forms import RequestForm
from cityexchange.spaces.limits import MEMBERSHIPS
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import SpacePolicy
from cityexchange.spaces.views.blueprint import bp


@bp.post("/<slug>/join")
def join_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("join", space)
    MEMBERSHIPS.spend(me().id)
    space.admit(me())
    return see_other("spaces.show_space", slug=slug)


@bp.post("/<slug>/leave")
def leave_space(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("leave", space)
    MEMBERSHIPS.spend(me().id)
    space.leave(me())
    return see_other("spaces.index_spaces")


@bp.get("/<slug>/requests/new")
def new_request(slug):
    space = find_listed(slug)
    if space.role_of(me()):
        return see_other("spaces.show_space", slug=slug)
    authorize("ask", space)
    return render_request(space, RequestForm())


@bp.post("/<slug>/requests")
@once
def create_request(slug):
    space, form = find_listed(slug), RequestForm()
    authorize("ask", space)
    if not form.validate():
        return render_request(space, form), 422
    MEMBERSHIPS.spend(me().id)
    entry = SpaceEntry.ask(space, me(), form.why.data.strip())
    if entry.state == "accepted":
        return see_other("spaces.show_space", slug=slug)
    flash(_("Asked. Those who look after the space decide, and you get a mail."))
    return see_other("spaces.index_spaces")


def find_listed(slug):
    """A space whose name the member may see, though perhaps nothing in it."""
    space = db.session.scalar(SpacePolicy.listed(me()).where(Space.slug == slug))
    return space or find(Space, slug, by=Space.slug)


def render_request(space, form):
    waiting = SpaceEntry.waiting_for(space, me())
    return render_template("spaces/ask.html", space=space, form=form, waiting=waiting)


@bp.get("/entries/<int:id>")
def show_entry(id):
    return render_entry(find(SpaceEntry, id), DeclineForm())


@bp.post("/entries/<int:id>/accept")
def accept_entry(id):
    entry = find(SpaceEntry, id)
    authorize("accept", entry)
    MEMBERSHIPS.spend(me().id)
    entry.accept(me())
    if entry.is_request:
        flash(_("%(name)s is in the space now.", name=entry.member.name))
        return see_other("spaces.index_people", slug=entry.space.slug)
    return see_other("spaces.show_space", slug=entry.space.slug)


@bp.post("/entries/<int:id>/decline")
def decline_entry(id):
    """Who is not let in reads why; who does not want to come need not say."""
    entry, form = find(SpaceEntry, id), DeclineForm()
    authorize("decline", entry)
    if entry.is_request and not form.validate():
        return render_entry(entry, form), 422
    entry.decline(me(), (form.reason.data or "").strip() if entry.is_request else "")
    flash(_("Declined."))
    return way_back(entry)


@bp.post("/entries/<int:id>/withdraw")
def withdraw_entry(id):
    entry = find(SpaceEntry, id)
    authorize("withdraw", entry)
    entry.withdraw()
    flash(_("Withdrawn."))
    return way_back(entry)


def way_back(entry):
    if entry.member_id == me().id:
        return see_other("spaces.index_spaces")
    return see_other("spaces.index_people", slug=entry.space.slug)


def render_entry(entry, form):
    return render_template("spaces/entry.html", entry=entry, form=form)
