"""Partners, observers and other organisations with a few seats: who they are, and their people."""

from flask import flash, render_template
from flask_babel import gettext as _

from cityexchange.core.db import db
from cityexchange.core.listing import stretch_of
from cityexchange.core.once import once
from cityexchange.core.ordering import by_name, in_order
from cityexchange.core.policy import can, visible_to
from cityexchange.core.slugs import free, slug_of
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.languages.reading import reader_languages
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import end_seat, running
from cityexchange.membership.forms import OrganisationForm
from cityexchange.membership.panels import people_panel
from cityexchange.membership.views.blueprint import bp
from cityexchange.organisations.models import Organisation

LINES = 60
"""Organisations on a page."""


@bp.get("/organisations")
def index_organisations():
    stretch = stretch_of(visible_to(me(), Organisation), in_order(Organisation), LINES)
    return render_template("membership/organisations.html", stretch=stretch, blank=Organisation())


@bp.get("/organisations/new")
def new_organisation():
    authorize("create", Organisation())
    return render_form(None, OrganisationForm())


@bp.post("/organisations")
@once
def create_organisation():
    authorize("create", Organisation())
    form = OrganisationForm()
    if not form.validate():
        return render_form(None, form), 422
    slug = free(Organisation.slug, slug_of(form.name.data, "organisation"), {"new"})
    organisation = Organisation(slug=slug, about="")
    organisation.add(languages=reader_languages(), **form.values)
    return see_other(".show_organisation", slug=slug)


@bp.get("/organisations/<slug>")
def show_organisation(slug):
    organisation = find(Organisation, slug, by=Organisation.slug)
    is_theirs = can(me(), "edit", organisation)
    panel = people_panel(me(), organisation)[1] if is_theirs else None
    people = [] if is_theirs else people_of(organisation)
    return render_template(
        "membership/organisation.html", organisation=organisation, panel=panel, people=people
    )


def people_of(organisation):
    theirs = visible_to(me(), Member).join(Seat, Seat.member_id == Member.id)
    theirs = theirs.where(Seat.organisation_id == organisation.id, running(), Member.state == "active")
    return by_name(db.session.scalars(theirs))


@bp.get("/organisations/<slug>/edit")
def edit_organisation(slug):
    organisation = find(Organisation, slug, by=Organisation.slug)
    authorize("edit", organisation)
    return render_form(organisation, OrganisationForm(obj=organisation))


@bp.post("/organisations/<slug>/edit")
def update_organisation(slug):
    organisation, form = find(Organisation, slug, by=Organisation.slug), OrganisationForm()
    authorize("edit", organisation)
    if not form.validate():
        return render_form(organisation, form), 422
    organisation.edit(languages=reader_languages(), **form.values)
    flash(_("Saved."))
    return see_other(".show_organisation", slug=slug)


@bp.post("/organisations/<slug>/leave")
def end_organisation(slug):
    """It takes part no more: its people have no seats from now on."""
    organisation = find(Organisation, slug, by=Organisation.slug)
    authorize("edit", organisation)
    organisation.end()
    seats = db.select(Seat).where(Seat.organisation_id == organisation.id, running())
    for seat in db.session.scalars(seats).all():
        end_seat(seat)
    return see_other(".show_organisation", slug=slug)


@bp.post("/organisations/<slug>/return")
def take_back_organisation(slug):
    organisation = find(Organisation, slug, by=Organisation.slug)
    authorize("edit", organisation)
    organisation.take_back()
    return see_other(".show_organisation", slug=slug)


def render_form(organisation, form):
    return render_template("membership/edit_organisation.html", organisation=organisation, form=form)
