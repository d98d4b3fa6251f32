"""A visit as its readers and its host see it."""

from itertools import groupby

from flask import render_template
from sqlalchemy import case, func
from sqlalchemy.orm import selectinload

from cityexchange.core.db import db
from cityexchange.core.limits import WriteLimit
from cityexchange.core.policy import can, visible_to
from cityexchange.core.web import authorize, find, me, page_number, public, see_other
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.themes.models import Theme
from cityexchange.visits.forms import OfferForm
from cityexchange.visits.models import STAGES, StudyVisit, VisitApplication, VisitChange
from cityexchange.visits.panels import is_running, titles
from cityexchange.visits.views.blueprint import bp

PER_PAGE = 20
OFFERS = WriteLimit("offer", most=30, seconds=300)
WHOLE = (selectinload(StudyVisit.sites), selectinload(StudyVisit.texts))


@bp.get("/visits")
@public
def index_visits():
    page, visible, running = page_number(), visible_to(me(), StudyVisit), is_running()
    calls = db.session.scalars(visible.where(running).order_by(StudyVisit.call_deadline)).all()
    others = db.paginate(visible.where(~running).order_by(*by_stage()), page=page, per_page=PER_PAGE)
    stages = [(stage, list(visits)) for stage, visits in groupby(others, key=lambda visit: visit.stage)]
    return render_template(
        "visits/index.html", calls=calls, stages=stages, pages=others, titles=titles([*calls, *others])
    )


def by_stage():
    """Earlier stages first, the next visit first within one."""
    rank = {state: n for n, states in enumerate(STAGES.values()) for state in states}
    return case(rank, value=StudyVisit.state), StudyVisit.starts_on, StudyVisit.id


@bp.get("/visits/<int:id>")
@public
def show_visit(id):
    return render_visit(find(StudyVisit, id, *WHOLE))


def render_visit(visit, status=200, **facts):
    steps = visible_to(me(), VisitChange).filter_by(visit_id=visit.id, application_id=None)
    steps = db.session.scalars(steps.order_by(VisitChange.id)).all()
    records = [visit, *visit.texts, *visit.sites, *steps]
    readings = best_readings(reader_languages(), records, ("title", "text", "name", "reason"))
    facts |= {
        "visit": visit,
        "parts": {text.part: readings["OfferText", text.id, "text"] for text in visit.texts},
        "sites": [readings["VisitSite", site.id, "name"] for site in visit.sites],
        "title": readings["StudyVisit", visit.id, "title"],
        "mine": VisitApplication.of(me(), visit) if me().is_authenticated else None,
        "steps": steps,
        "readings": readings,
        "received": count_received(visit) if can(me(), "read_applications", visit) else None,
    }
    return render_template("visits/show.html", **facts), status


def count_received(visit):
    received = visible_to(me(), VisitApplication).where(
        VisitApplication.visit_id == visit.id, VisitApplication.submitted_at.is_not(None)
    )
    return db.session.scalar(db.select(func.count()).select_from(received.subquery()))


@bp.get("/visits/new")
def new_visit():
    visit = StudyVisit.blank(me().record.city)
    authorize("offer", visit)
    return render_template("visits/new.html", form=offer_form(visit), visit=visit)


@bp.post("/visits")
def create_visit():
    visit = StudyVisit.blank(me().city)
    authorize("offer", visit)
    form = offer_form(visit)
    if not form.validate():
        return render_template("visits/new.html", form=form, visit=visit), 422
    OFFERS.spend(me().id)
    visit = StudyVisit.offer(me(), form.title.data)
    visit.revise(**form.facts)
    return see_other(".show_visit", id=visit.id)


@bp.get("/visits/<int:id>/edit")
def edit_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("edit", visit)
    return render_template("visits/edit.html", form=offer_form(visit), visit=visit)


@bp.post("/visits/<int:id>/edit")
def update_visit(id):
    visit = find(StudyVisit, id, *WHOLE)
    authorize("edit", visit)
    form = offer_form(visit)
    if not form.validate():
        return render_template("visits/edit.html", form=form, visit=visit), 422
    OFFERS.spend(me().id)
    visit.revise(**form.facts)
    return see_other(".show_visit", id=id)


def offer_form(visit):
    return OfferForm.of(visit, db.session.scalars(visible_to(me(), Theme).order_by(Theme.position)).all())
