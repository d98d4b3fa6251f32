"""Applications: written by officials of other cities, read by the few whom the policy names."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import selectinload

from cityexchange.core import audit
from cityexchange.core.db import db
from cityexchange.core.once import once
from cityexchange.core.policy import visible_to
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.visits.forms import ApplicationForm
from cityexchange.visits.limits import APPLICATIONS
from cityexchange.visits.models import StudyVisit, VisitApplication, VisitChange
from cityexchange.visits.views.blueprint import bp

WHOLE = (selectinload(VisitApplication.texts), selectinload(VisitApplication.goals))


@bp.get("/visits/<int:id>/apply")
def new_application(id):
    visit = find(StudyVisit, id)
    authorize("apply", visit)
    if application := VisitApplication.of(me(), visit):
        return redirect(url_for(".edit_application", id=application.id))
    return render_form(visit, None, ApplicationForm.of(None))


@bp.post("/visits/<int:id>/applications")
@once
def create_application(id):
    visit = find(StudyVisit, id)
    authorize("apply", visit)
    application = VisitApplication.of(me(), visit)
    if application:
        authorize("edit", application)
    return take_application(visit, application)


@bp.get("/applications/<int:id>/edit")
def edit_application(id):
    application = find(VisitApplication, id, *WHOLE)
    authorize("edit", application)
    return render_form(application.visit, application, ApplicationForm.of(application))


@bp.post("/applications/<int:id>/edit")
def update_application(id):
    application = find(VisitApplication, id, *WHOLE)
    authorize("edit", application)
    return take_application(application.visit, application)


def take_application(visit, application):
    form = ApplicationForm.of(application)
    if not visit.is_call_running:
        return render_form(visit, application, form, 409)
    if not form.validate():
        return render_form(visit, application, form, 422)
    APPLICATIONS.spend(me().id)
    application = VisitApplication.begin(me(), visit)
    application.revise(**form.values)
    if not form.is_draft:
        application.submit(me())
    flash(
        _("Your draft is saved.") if form.is_draft else _("Your application is with the host city."),
        "success",
    )
    return see_other(".show_application", id=application.id)


def render_form(visit, application, form, status=200):
    """Past the deadline the form still shows what was typed, so that nobody loses a text."""
    is_late = not visit.is_call_running
    context = {"visit": visit, "application": application, "form": form, "is_late": is_late}
    return render_template("visits/apply.html", **context), status


@bp.get("/visits/<int:id>/applications")
def index_applications(id):
    visit = find(StudyVisit, id)
    authorize("read_applications", visit)
    received = visible_to(me(), VisitApplication).where(
        VisitApplication.visit_id == visit.id, VisitApplication.submitted_at.is_not(None)
    )
    applications = db.session.scalars(
        received.order_by(VisitApplication.submitted_at).options(selectinload(VisitApplication.goals))
    ).all()
    goals = [goal for application in applications for goal in application.goals]
    readings = best_readings(reader_languages(), goals)
    return render_template(
        "visits/applications.html", visit=visit, applications=applications, readings=readings
    )


@bp.get("/applications/<int:id>")
def show_application(id):
    application = find(VisitApplication, id, *WHOLE)
    steps = visible_to(me(), VisitChange).filter_by(application_id=id).order_by(VisitChange.id)
    context = {"application": application, "steps": db.session.scalars(steps).all()}
    records = [*application.texts, *application.goals, *context["steps"]]
    context["readings"] = best_readings(reader_languages(), records, ("text", "reason"))
    return render_template("visits/application.html", **context)


@bp.post("/applications/<int:id>/withdraw")
def withdraw_application(id):
    application = find(VisitApplication, id)
    authorize("withdraw", application)
    application.withdraw(me())
    audit.record("withdraw", application, actor_id=me().id)
    flash(_("Your application is withdrawn."), "success")
    return see_other(".show_application", id=id)


@bp.post("/applications/<int:id>/endorse")
def endorse_application(id):
    application = find(VisitApplication, id)
    authorize("endorse", application)
    application.endorse(me())
    audit.record("endorse", application, actor_id=me().id)
    flash(_("Your city stands behind this application now."), "success")
    return see_other(".show_application", id=id)
