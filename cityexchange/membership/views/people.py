"""A city looks after its people: their seats, whom it invites, to whom a place is handed over."""

from contextlib import contextmanager

from flask import flash, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import Conflict

from cityexchange.cities.models import City
from cityexchange.core.db import hold
from cityexchange.core.once import once
from cityexchange.core.policy import can
from cityexchange.core.registries import filled, open_tasks
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members.models import Seat
from cityexchange.members.seats import LastFocalPoint, change_seat, end_seat
from cityexchange.membership.activation import settle
from cityexchange.membership.forms import HandOverForm, InvitationForm, SeatForm
from cityexchange.membership.offers import PlaceOffer
from cityexchange.membership.signals import place_offered
from cityexchange.membership.views.blueprint import back_to_desk, bp
from cityexchange.organisations.models import Organisation


class NobodyElse(Conflict):
    words = (
        _l("Somebody has to speak for the city"),
        _l("This is its last focal point. Hand the place over to somebody else; then it ends by itself."),
    )


@bp.post("/seats/<int:id>")
def update_seat(id):
    seat, form = find(Seat, id), SeatForm()
    authorize("edit", seat)
    form.offer_roles_of(seat)
    if not form.validate():
        return render_template("membership/seat.html", seat=seat, form=form), 422
    with keeping_a_voice(seat):
        change_seat(seat, form.role.data, form.until.data, form.speaks_officially.data, form.category.data)
    return back_to_desk(seat)


@contextmanager
def keeping_a_voice(seat):
    """Around a change of a seat: somebody goes on speaking for its city, which may be incomplete after it."""
    try:
        yield
    except LastFocalPoint:
        raise NobodyElse from None
    if seat.city:
        settle(seat.city)


@bp.post("/seats/<int:id>/end")
def end_a_seat(id):
    seat = find(Seat, id)
    authorize("end", seat)
    with keeping_a_voice(seat):
        end_seat(seat)
    flash(_("%(name)s has no place here any more.", name=seat.member.name))
    return back_to_desk(seat)


@bp.get("/seats/<int:id>/hand-over")
def new_hand_over(id):
    seat = find(Seat, id)
    authorize("hand_over", seat)
    return render_hand_over(seat, HandOverForm())


@bp.post("/seats/<int:id>/hand-over")
@once
def create_hand_over(id):
    seat, form = find(Seat, id), HandOverForm()
    authorize("hand_over", seat)
    if not (form.validate() and form.is_another(seat.member) and form.is_fit_for(seat.city, me())):
        return render_hand_over(seat, form), 422
    offer(seat.city, form, role=seat.role, category=seat.category, replaces=seat)
    flash(_("%(name)s gets a mail. The place changes hands when they accept it.", name=form.name.data))
    return back_to_desk(seat)


def render_hand_over(seat, form):
    tasks = [line for lines in filled(open_tasks, me(), seat.member) for line in lines]
    return render_template("membership/hand_over.html", seat=seat, form=form, tasks=tasks)


@bp.get("/cities/<slug>/invitations/new")
def new_invitation(slug):
    city = find(City, slug, by=City.slug)
    authorize("run", city)
    return render_invitation(city, invitation_form(city))


@bp.post("/cities/<slug>/invitations")
@once
def create_invitation(slug):
    city = find(City, slug, by=City.slug)
    authorize("run", city)
    form = invitation_form(city)
    if not (form.validate() and form.is_fit_for(city, me()) and form.is_new_to(city, me())):
        return render_invitation(city, form), 422
    offer(city, form, role=form.role.data, category="local_authority")
    flash(_("%(name)s is invited by mail.", name=form.name.data))
    return see_other(".show_desk", slug=slug)


@bp.get("/organisations/<slug>/invitations/new")
def new_guest_invitation(slug):
    organisation = find(Organisation, slug, by=Organisation.slug)
    authorize("invite", organisation)
    return render_invitation(organisation, invitation_form(organisation))


@bp.post("/organisations/<slug>/invitations")
@once
def create_guest_invitation(slug):
    organisation = find(Organisation, slug, by=Organisation.slug)
    authorize("invite", organisation)
    form = invitation_form(organisation)
    if not (form.validate() and form.is_new_to(organisation, me())):
        return render_invitation(organisation, form), 422
    offer(organisation, form, role=form.role.data, category=form.category.data)
    flash(_("%(name)s is invited by mail.", name=form.name.data))
    return see_other(".show_organisation", slug=slug)


def invitation_form(place):
    form = InvitationForm()
    form.offer_roles(place, is_team=isinstance(place, Organisation) or can(me(), "decide", place))
    return form


def render_invitation(place, form):
    is_city = isinstance(place, City)
    return render_template("membership/invite.html", place=place, form=form, is_city=is_city)


def offer(place, form, **values):
    made = PlaceOffer.make(place, me(), **values, **form.told())
    place_offered.send(offer=made)


@bp.post("/place-offers/<int:id>/withdraw")
def withdraw_offer(id):
    made = find(PlaceOffer, id)
    hold(made)
    authorize("withdraw", made)
    made.withdraw()
    return back_to_desk(made)
