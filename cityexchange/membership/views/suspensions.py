"""Standing aside for some days, with a reason: a member, or a whole city; and a city that takes part no more."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import Conflict

from cityexchange.cities.models import City
from cityexchange.core.db import hold
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members.models import LastAdministrator, Member
from cityexchange.membership.activation import settle
from cityexchange.membership.forms import SuspensionForm
from cityexchange.membership.models import Suspension
from cityexchange.membership.views.blueprint import bp


class NoAdministratorLeft(Conflict):
    words = (
        _l("Somebody has to look after the community"),
        _l("This is its last administrator. Somebody else takes the role first."),
    )


@bp.get("/members/<int:id>/suspend")
def new_member_suspension(id):
    return ask(find(Member, id))


@bp.post("/members/<int:id>/suspend")
def suspend_member(id):
    return suspend(find(Member, id))


@bp.get("/cities/<slug>/suspend")
def new_city_suspension(slug):
    return ask(find(City, slug, by=City.slug))


@bp.post("/cities/<slug>/suspend")
def suspend_city(slug):
    return suspend(find(City, slug, by=City.slug))


@bp.post("/suspensions/<int:id>/lift")
def lift_suspension(id):
    suspension = find(Suspension, id)
    hold(suspension)
    authorize("lift", suspension)
    suspension.lift()
    if suspension.city:
        settle(suspension.city)
    return redirect(page_of(suspension.member or suspension.city), 303)


@bp.post("/cities/<slug>/leave")
def end_city(slug):
    """It takes part no more. What its people wrote stays; they read what every member reads."""
    return change_city_state(slug, "left")


@bp.post("/cities/<slug>/return")
def take_back_city(slug):
    return change_city_state(slug, "verified")


def change_city_state(slug, state):
    """To the state `left`, or back from it to `verified`."""
    city = find(City, slug, by=City.slug)
    authorize("end" if state == "left" else "take_back", city)
    city.incomplete_since = None  # what it was granted before it left is over
    city.become(state, "end_city" if state == "left" else "take_back_city")
    settle(city)
    return see_other("membership.show_desk", slug=slug)


def ask(whom):
    authorize("suspend", whom)
    return render_template(
        "membership/suspend.html", whom=whom, form=SuspensionForm(), way_back=page_of(whom)
    )


def suspend(whom):
    authorize("suspend", whom)
    form = SuspensionForm()
    if not form.validate():
        return render_template("membership/suspend.html", whom=whom, form=form, way_back=page_of(whom)), 422
    try:
        Suspension.begin(whom, form.days.data, form.reason.data, me())
    except LastAdministrator:
        raise NoAdministratorLeft from None
    flash(_("%(name)s takes no part for %(num)s days.", name=whom.name, num=form.days.data))
    return redirect(page_of(whom), 303)


def page_of(whom):
    if isinstance(whom, Member):
        return url_for("members.show_member", id=whom.id)
    return url_for("cities.show_city", slug=whom.slug)
