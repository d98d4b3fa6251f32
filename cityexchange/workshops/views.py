from flask import Blueprint, Response, abort, flash, render_template, request
from flask_babel import gettext as _

from cityexchange.core.db import db, hold
from cityexchange.core.once import once
from cityexchange.core.pages import for_visitors
from cityexchange.core.policy import can
from cityexchange.core.requests import page_number
from cityexchange.core.web import authorize, find, me, public, see_other
from cityexchange.events.calendar import MIMETYPE
from cityexchange.languages.reading import reading
from cityexchange.states.models import Incomplete
from cityexchange.workshops import drafting, listing
from cityexchange.workshops.calendar import workshop_file
from cityexchange.workshops.filters import Filters
from cityexchange.workshops.forms import ReasonForm, RegistrationForm
from cityexchange.workshops.limits import REGISTRATIONS, WORKSHOPS
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.reading import context_of, find_whole, find_workshop, readings_of, version_of
from cityexchange.workshops.registrants import registrants_of
from cityexchange.workshops.registrations import Registration, RegistrationClosed

bp = Blueprint("workshops", __name__)


@bp.get("/workshops")
@public
def index_workshops():
    if me().is_authenticated:
        return _list()
    return for_visitors(listing.version(), _list)


def _list():
    filters, page = Filters.of(request.args), page_number()
    cards, pages = listing.page_of(me(), filters, page)
    if page > pages:
        abort(404)
    context = {"cards": cards, "page": page, "pages": pages, "filters": filters}
    context |= {"zone": me().timezone or "UTC", "may_create": can(me(), "create", Workshop())}
    return render_template("workshops/index.html", **context)


@bp.get("/workshops/<int:id>")
@public
def show_workshop(id):
    version = version_of(me(), id)

    def show():
        return _page(find_workshop(id), version=version)

    return show() if me().is_authenticated else for_visitors(version, show)


def _page(workshop, **forms):
    return render_template("workshops/show.html", **context_of(workshop, me(), **forms))


@bp.get("/workshops/<int:id>.ics")
@public
def show_calendar(id):
    workshop = find_whole(id)
    body = workshop_file(workshop, readings_of(workshop), me())
    response = Response(body, mimetype=MIMETYPE)
    response.headers["Content-Disposition"] = f"attachment; filename=workshop-{id}.ics"
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "Accept-Language"))
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/workshops/new")
def new_workshop():
    workshop = drafting.blank(me())
    authorize("create", workshop)
    return _form(workshop, drafting.form_for(workshop, me()))


@bp.post("/workshops/new")
@once
def create_workshop():
    workshop = drafting.blank(me())
    authorize("create", workshop)
    return _redraft(workshop)


@bp.get("/workshops/<int:id>/edit")
def edit_workshop(id):
    workshop = find_whole(id)
    authorize("edit", workshop)
    return _form(workshop, drafting.form_for(workshop, me()))


@bp.post("/workshops/<int:id>/edit")
def update_workshop(id):
    workshop = find_whole(id)
    authorize("edit", workshop)
    hold(workshop)
    return _redraft(workshop)


def _redraft(workshop):
    form = drafting.form_for(workshop, me())
    if said := drafting.follow_host_city(workshop, form):
        flash(said)
    if "add_rows" in request.form:
        return _form(workshop, form.add_rows())
    WORKSHOPS.spend(me().id)
    if not (form.validate() and drafting.redraft(workshop, form, me())):
        return _form(workshop, form), 422
    db.session.flush()
    flash(_("Saved."))
    for sentence in drafting.doubled_times(form):
        flash(sentence, "warning")
    return see_other(".show_workshop", id=workshop.id)


def _form(workshop, form):
    with db.session.no_autoflush:
        return render_template("workshops/form.html", workshop=workshop, form=form)


@bp.post("/workshops/<int:id>/announce")
def announce_workshop(id):
    return _step(id, "announce")


@bp.post("/workshops/<int:id>/open-registration")
def open_registration(id):
    return _step(id, "open_registration")


@bp.post("/workshops/<int:id>/close-registration")
def close_registration(id):
    return _step(id, "close_registration")


@bp.post("/workshops/<int:id>/begin")
def begin_workshop(id):
    return _step(id, "begin")


@bp.post("/workshops/<int:id>/complete")
def complete_workshop(id):
    return _step(id, "complete")


def _step(id, verb):
    workshop = find_whole(id)
    authorize(verb, workshop)
    try:
        getattr(workshop, verb)(me())
    except Incomplete:
        return _page(workshop, refused=verb), 422
    return see_other(".show_workshop", id=id)


@bp.post("/workshops/<int:id>/postpone")
def postpone_workshop(id):
    return _step_with_reason(id, "postpone")


@bp.post("/workshops/<int:id>/cancel")
def cancel_workshop(id):
    return _step_with_reason(id, "cancel")


def _step_with_reason(id, verb):
    workshop, form = find_whole(id), ReasonForm()
    authorize(verb, workshop)
    if not form.validate():
        return _page(workshop, reason_form=form, refused=verb), 422
    getattr(workshop, verb)(me(), form.reason.data.strip())
    return see_other(".show_workshop", id=id)


@bp.get("/workshops/<int:id>/registrations")
def index_registrations(id):
    workshop = find_workshop(id)
    authorize("organise", workshop)
    rows, pages = registrants_of(workshop, me(), page_number())
    context = {"title": reading(workshop, "title"), "page": page_number(), "pages": pages}
    context |= {"workshop": workshop, "rows": rows, "zone": me().timezone or "UTC"}
    return render_template("workshops/registrations.html", **context)


@bp.post("/workshops/<int:id>/registrations")
def create_registration(id):
    workshop = find_whole(id)
    authorize("register", workshop)
    form = RegistrationForm().offer(workshop)
    if not form.validate():
        context = {"form": form} if workshop.is_taking_registrations else {"refused": "register"}
        return _page(workshop, **context), 422
    REGISTRATIONS.spend(me().id)
    try:
        registration = workshop.register(me(), form.mode.data, form.language.data, form.nonce.data or None)
    except RegistrationClosed:
        return _page(workshop, refused="register"), 422
    flash(_outcome(registration))
    return see_other(".show_workshop", id=id)


def _outcome(registration):
    if registration.has_place:
        return _("You have a place. A mail with the details is on its way to you.")
    if registration.state == "waitlisted":
        return _("You are on the waiting list, number %(number)s.", number=registration.place_in_line)
    return _("This registration was withdrawn. You can register again.")


@bp.post("/registrations/<int:id>/withdraw")
def withdraw_registration(id):
    registration = find(Registration, id)
    authorize("withdraw", registration)
    REGISTRATIONS.spend(me().id)
    registration.withdraw()
    flash(_("You have withdrawn. Thank you for giving the place back."))
    return see_other(".show_workshop", id=registration.workshop_id)
