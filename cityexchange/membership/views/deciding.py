"""The coordination team decides about a city that applied."""

from flask import flash, render_template
from flask_babel import gettext as _

from cityexchange.cities.domains import city_of_address
from cityexchange.core.db import hold
from cityexchange.core.fields import named_apart
from cityexchange.core.mail import queue_mail
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members.forms import DeclineForm
from cityexchange.members.imitation import members_like
from cityexchange.membership.activation import missing
from cityexchange.membership.forms import AcceptForm
from cityexchange.membership.founding import SeatedElsewhere, decline, found
from cityexchange.membership.models import CityApplication
from cityexchange.membership.views.blueprint import bp


@bp.get("/city-applications/<int:id>")
def show_application(id):
    return render_application(find(CityApplication, id), AcceptForm(), DeclineForm())


@bp.post("/city-applications/<int:id>/accept")
def accept_application(id):
    application, form = find(CityApplication, id), AcceptForm()
    hold(application)
    authorize("accept", application)
    if not form.validate():
        return render_application(application, form, DeclineForm(formdata=None)), 422
    try:
        people = found(application, me(), form.reason.data, form.has_domain.data and bool(application.domain))
    except ValueError as problem:
        say_why(form, problem)
        return render_application(application, form, DeclineForm(formdata=None)), 422
    tell_accepted(application, people)
    return see_other(".show_application", id=id)


def say_why(form, problem):
    if isinstance(problem, SeatedElsewhere):
        form.reason.errors = [
            _("One of the two has a place already. Let the city name somebody else, or end that place first.")
        ]
    else:
        form.has_domain.errors = [_("This domain is another city's, or one where everybody gets an address.")]


def tell_accepted(application, people):
    for member in people:
        queue_mail(
            f"city_accepted:{application.id}:{member.id}", member, "membership/accepted", application.city
        )


@bp.post("/city-applications/<int:id>/decline")
def decline_application(id):
    application, form = find(CityApplication, id), DeclineForm()
    hold(application)
    authorize("decline", application)
    if not form.validate():
        return render_application(application, AcceptForm(formdata=None), form), 422
    decline(application, me(), form.reason.data)
    tell_declined(application)
    flash(_("The applicant gets your reason by mail."))
    return see_other(".show_application", id=id)


def tell_declined(application):
    to = {"address": application.email, "locale": application.locale}
    told = {"reason": application.reason, "city": application.city.name_in(application.locale)}
    queue_mail(f"city_declined:{application.id}", None, "membership/declined", **to, **told)


def render_application(application, form, decline_form):
    named_apart(decline_form.reason, "decline-reason")
    holder = city_of_address(f"@{application.domain}")
    return render_template(
        "membership/application.html",
        application=application,
        form=form,
        decline_form=decline_form,
        lacking=missing(application.city),
        holder=holder if holder != application.city else None,
        alike=alike_to(application),
    )


def alike_to(application):
    """Whom those of the city, once they have their places, could be taken for."""
    if application.state != "waiting":
        return []
    names = application.name, application.deputy_name
    return list(dict.fromkeys(member for name in names for member in members_like(name, application.city)))
