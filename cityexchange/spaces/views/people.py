"""Who is in a space, whom its facilitators ask in, and under which name somebody writes."""

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import Conflict

from cityexchange.core.db import db
from cityexchange.core.listing import stretch_of
from cityexchange.core.once import once
from cityexchange.core.policy import can, visible_to
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members.limits import RENAMES
from cityexchange.members.mentions import beginning
from cityexchange.members.models import Member
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.forms import ChosenNameForm, FindForm, InviteForm, MembershipForm
from cityexchange.spaces.limits import MEMBERSHIPS
from cityexchange.spaces.models import LastFacilitator, Membership, Space
from cityexchange.spaces.names import SHOWN_FOLDED
from cityexchange.spaces.views.blueprint import bp

LINES = 60
"""People on a page."""
FOUND = 20
"""People found by name."""


class NobodyElseLooksAfterIt(Conflict):
    words = (
        _l("Somebody has to look after this space"),
        _l("This is its last facilitator. Name another one first."),
    )


@bp.get("/<slug>/people")
def index_people(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("read_people", space)
    people = visible_to(me(), Membership).join(Member, Member.id == Membership.member_id)
    people = people.where(Membership.space_id == space.id, Member.state == "active")
    stretch = stretch_of(people, (Membership.role, SHOWN_FOLDED, Membership.id), LINES)
    return render_template(
        "spaces/people.html", space=space, stretch=stretch, entries=waiting_in(space), form=MembershipForm()
    )


def waiting_in(space):
    """What those who look after the space have asked, or are asked."""
    if not can(me(), "facilitate", space):
        return []
    waiting = visible_to(me(), SpaceEntry).filter_by(space_id=space.id, state="waiting")
    return db.session.scalars(waiting.order_by(SpaceEntry.id)).all()


@bp.post("/memberships/<int:id>")
def update_membership(id):
    membership, form = find(Membership, id), MembershipForm()
    authorize("edit", membership)
    if not form.validate():
        flash(_("Nothing was changed: look at the role again."), "error")
    else:
        appoint(membership, form.role.data)
    return see_other(".index_people", slug=membership.space.slug)


def appoint(membership, role):
    try:
        membership.space.appoint(membership, role)
    except LastFacilitator:
        raise NobodyElseLooksAfterIt from None


@bp.post("/memberships/<int:id>/end")
def end_membership(id):
    membership = find(Membership, id)
    authorize("end", membership)
    MEMBERSHIPS.spend(me().id)
    space, member = membership.space, membership.member
    if space.is_closed and space.depends_on(member):
        raise NobodyElseLooksAfterIt
    space.leave(member)
    flash(_("%(name)s is not in the space any more.", name=member.name))
    return see_other(".index_people", slug=space.slug)


@bp.get("/<slug>/invitations/new")
def new_invitation(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("invite", space)
    return render_invitation(space, InviteForm(formdata=None))


@bp.post("/<slug>/invitations")
@once
def create_invitation(slug):
    space, form = find(Space, slug, by=Space.slug), InviteForm()
    authorize("invite", space)
    if not form.validate():
        return render_invitation(space, form), 422
    member = find(Member, form.member.data)
    MEMBERSHIPS.spend(me().id)
    invite(space, member, (form.why.data or "").strip())
    return see_other(".index_people", slug=slug)


def invite(space, member, why):
    if not member.active or space.role_of(member):
        flash(_("%(name)s is in the space already.", name=member.name))
        return
    SpaceEntry.invite(space, member, me(), why)
    flash(_("%(name)s is asked in.", name=member.name))


def render_invitation(space, form):
    find_form = FindForm(request.args)
    words = (find_form.q.data or "").strip()[:100]
    found = beginning(me(), words, FOUND) if words else []
    return render_template(
        "spaces/invite.html", space=space, form=form, find_form=find_form, words=words, found=found
    )


@bp.get("/<slug>/name")
def edit_name(slug):
    space, mine = own_place_in(slug)
    return render_template("spaces/name.html", space=space, form=ChosenNameForm(mine))


@bp.post("/<slug>/name")
def update_name(slug):
    space, mine = own_place_in(slug)
    form = ChosenNameForm(mine)
    if form.changes_name:
        RENAMES.take(me().id)
    if not form.validate():
        return render_template("spaces/name.html", space=space, form=form), 422
    MEMBERSHIPS.spend(me().id)
    mine.chosen_name = (form.chosen_name.data or "").strip()
    flash(_("Saved. It stands under what you write here from now on."))
    return see_other(".index_people", slug=slug)


def own_place_in(slug):
    space = find(Space, slug, by=Space.slug)
    authorize("choose_name", space)
    return space, space.membership_of(me())
