"""The steps of a visit, one button each."""

from flask import flash
from flask_babel import gettext as _

from cityexchange.core import audit
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.visits.forms import ReasonForm
from cityexchange.visits.models import Incomplete, StudyVisit
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


@bp.post("/visits/<int:id>/send-back")
def send_back_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("send_back", visit)
    return take_reasoned_step(visit, visit.send_back, _("The offer is in draft again."))


@bp.post("/visits/<int:id>/cancel")
def cancel_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("cancel", visit)
    return take_reasoned_step(visit, visit.cancel, _("The visit is cancelled. Those concerned hear of it by mail."))


def take_step(visit, verb, told, **facts):
    try:
        verb(me(), **facts)
    except Incomplete as error:
        return render_visit(visit, 422, missing=error.missing)
    audit.record(verb.__name__, visit, actor_id=me().id)
    flash(told, "success")
    return see_other(".show_visit", id=visit.id)


def take_reasoned_step(visit, verb, told):
    form = ReasonForm(formdata=None) if False else ReasonForm()
    if not form.validate():
        return render_visit(visit, 422, **{f"{verb.__name__}_form": form})
    return take_step(visit, verb, told, reason=form.reason.data)
