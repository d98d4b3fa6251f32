"""Deciding who asked for a place."""

from flask import flash, render_template, request
from flask_babel import gettext as _
from sqlalchemy import case

from cityexchange.cities.finding import cities_called, is_place
from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.listing import stretch_of
from cityexchange.core.mail import queue_mail
from cityexchange.core.policy import can, is_visible, visible_to
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members.forms import DeclineForm, NamedCityForm
from cityexchange.members.imitation import members_like
from cityexchange.members.joining import JoinRequest
from cityexchange.members.views.blueprint import bp
from cityexchange.members.views.joining import cities_to_name
from cityexchange.members.waiting import ask_for_a_decision

LINES = 50
"""Requests on a page."""
WAITING_FIRST = (case((JoinRequest.state == "waiting", 0), else_=1), JoinRequest.created_at, JoinRequest.id)


@bp.get("/join-requests")
def index_join_requests():
    requests = stretch_of(visible_to(me(), JoinRequest), WAITING_FIRST, LINES)
    return render_template("members/join_requests.html", stretch=requests)


@bp.get("/join-requests/<int:id>")
def show_join_request(id):
    """Where the mail leads: one request, with its two buttons. Looking does nothing."""
    return render_request(find(JoinRequest, id), DeclineForm())


@bp.post("/join-requests/<int:id>/city")
def name_city(id):
    """Nobody found the city that was typed: the team says which one is meant, and it is asked in its turn."""
    asked, form = held_request(id), NamedCityForm(cities_to_name())
    authorize("name_city", asked)
    if not form.validate():
        return render_request(asked, DeclineForm(formdata=None), form), 422
    asked.name_city(db.session.get_one(City, form.city.data))
    ask_for_a_decision(asked)
    return see_other(".show_join_request", id=id)


@bp.post("/join-requests/<int:id>/accept")
def accept_join_request(id):
    asked = held_request(id)
    authorize("accept", asked)
    if not request.form.get("looked") and alike_to(asked, asked.city_today):
        flash(_("Look at the name first: it looks like that of a member."))
        return see_other(".show_join_request", id=id)
    asked.look_again()
    member = asked.accept(me(), asked.city)
    queue_mail(f"joined:{asked.id}", member, "members/accepted")
    flash(_("%(name)s can sign in now.", name=member.name))
    return see_other("members.index_join_requests")


@bp.post("/join-requests/<int:id>/decline")
def decline_join_request(id):
    asked, form = held_request(id), DeclineForm()
    authorize("decline", asked)
    if not form.validate():
        return render_request(asked, form), 422
    asked.decline(me(), form.reason.data)
    tell_declined(asked)
    return see_other("members.index_join_requests")


def tell_declined(asked):
    words = {"address": asked.email, "locale": asked.locale, "reason": asked.reason}
    queue_mail(f"declined:{asked.id}", None, "members/declined", **words)


def held_request(id):
    asked = find(JoinRequest, id)
    asked.hold()
    return asked


def render_request(asked, form, city_form=None):
    city = asked.city_today
    context = {
        "asked": asked,
        "form": form,
        "city": city,
        "city_form": city_form,
        "alike": alike_to(asked, city),
    }
    if can(me(), "name_city", asked):
        context["city_form"] = city_form or NamedCityForm(cities_to_name(), formdata=None)
        context["why_no_city"] = why_no_city(asked)
    return render_template("members/join_request.html", **context)


def alike_to(asked, city):
    """Threat: who asks has the name of somebody whom others know, and the place is given to the name."""
    alike = members_like(asked.name, city) if asked.state == "waiting" else []
    return [member for member in alike if is_visible(me(), member)]


def why_no_city(asked):
    if asked.city or not cities_called(asked.city_name):
        return "no_part" if asked.city or is_place(asked.city_name) else "unknown"
    return "several"
