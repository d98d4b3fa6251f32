"""The steps of a visit, one button each."""

from flask import flash, render_template
from flask_babel import gettext as _

from cityexchange.core import audit
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.states.models import Incomplete
from cityexchange.visits.forms import ReasonForm
from cityexchange.visits.models import StudyVisit
from cityexchange.visits.views.blueprint import bp
from cityexchange.visits.views.offers import WHOLE, render_visit


@bp.post("/visits/<int:id>/submit")
def submit_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("submit", visit)
    return take_step(visit, visit.submit, _("The offer is with the coordination team now."))


@bp.post("/visits/<int:id>/endorse")
def endorse_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("endorse", visit)
    return take_step(visit, visit.endorse, _("Your city stands behind this offer now."))


@bp.post("/visits/<int:id>/open")
def open_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("open", visit)
    return take_step(visit, visit.open_call, _("The call is open. Everybody can read the page now."))


@bp.post("/visits/<int:id>/close")
def close_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("close", visit)
    return take_step(visit, visit.close_call, _("The call is closed. The selection begins."))


@bp.get("/visits/<int:id>/send-back")
def new_send_back(id):
    visit = find(StudyVisit, id)
    authorize("send_back", visit)
    return render_template("visits/send_back.html", visit=visit, form=ReasonForm())


@bp.post("/visits/<int:id>/send-back")
def send_back_visit(id):
    visit, form = find(StudyVisit, id), ReasonForm()
    authorize("send_back", visit)
    if not form.validate():
        return render_template("visits/send_back.html", visit=visit, form=form), 422
    return take_step(visit, visit.send_back, _("The offer is in draft again."), form.reason.data)


@bp.get("/visits/<int:id>/cancel")
def new_cancel(id):
    visit = find(StudyVisit, id)
    authorize("cancel", visit)
    return render_template("visits/cancel.html", visit=visit, form=ReasonForm())


@bp.post("/visits/<int:id>/cancel")
def cancel_visit(id):
    visit, form = find(StudyVisit, id), ReasonForm()
    authorize("cancel", visit)
    if not form.validate():
        return render_template("visits/cancel.html", visit=visit, form=form), 422
    told = _("The visit is cancelled. Those concerned hear of it by mail.")
    return take_step(visit, visit.cancel, told, form.reason.data)


def take_step(visit, verb, told, *reason):
    try:
        verb(me(), *reason)
    except Incomplete as error:
        return render_visit(visit, 422, missing=error.missing)
    audit.record(verb.__name__, visit, actor_id=me().id)
    flash(told, "success")
    return see_other(".show_visit", id=visit.id)
