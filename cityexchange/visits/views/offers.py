"""A visit as its readers and its host see it."""

from datetime import date
from itertools import groupby

from flask import render_template, request
from sqlalchemy import Integer, and_, bindparam, case, func, literal
from sqlalchemy.orm import selectinload

from cityexchange.bookmarks.models import is_kept
from cityexchange.core.db import UTCDateTime, db, utcnow
from cityexchange.core.listing import stretch_of
from cityexchange.core.once import once
from cityexchange.core.policy import can, visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.web import authorize, find, me, public, see_other
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.themes.models import Theme
from cityexchange.themes.taxonomy import KEYS
from cityexchange.visits.forms import OfferForm
from cityexchange.visits.limits import OFFERS
from cityexchange.visits.models import StudyVisit, VisitApplication, VisitChange
from cityexchange.visits.panels import is_running, titles
from cityexchange.visits.states import STAGES
from cityexchange.visits.views.blueprint import bp

LINES = 24
"""Visits on a page of the list."""
WHOLE = (selectinload(StudyVisit.sites), selectinload(StudyVisit.texts))


@bp.get("/visits")
@public
def index_visits():
    now, theme = utcnow(), theme_asked_for()
    stretch = stretch_of(visible_on(theme), calls_first(now), LINES)
    visits = [visit for (visit,) in stretch.rows]
    calls = [visit for visit in visits if visit.is_call_running]
    stages = groupby((visit for visit in visits if visit not in calls), key=lambda visit: visit.stage)
    return render_template(
        "visits/index.html",
        calls=calls,
        stages=[(stage, list(those)) for stage, those in stages],
        stretch=stretch,
        titles=titles(visits),
        theme=theme,
    )


def visible_on(theme):
    visible = visible_to(me(), StudyVisit)
    return visible.where(StudyVisit.theme.has(Theme.key == theme)) if theme else visible


def theme_asked_for():
    """One that nobody knows narrows nothing."""
    key = request.args.get("theme")
    return key if key in KEYS else None


def calls_first(now):
    """Running calls by their deadline, then by stage; the next visit first within one, those without a date last."""
    running = is_running(now)
    rank = {state: n for n, states in enumerate(STAGES.values()) for state in states}
    return (
        case((running, -1), else_=case(rank, value=StudyVisit.state)),
        case((running, StudyVisit.call_deadline), else_=literal(now, UTCDateTime)),
        func.coalesce(StudyVisit.starts_on, date.max),
        StudyVisit.id,
    )


@bp.get("/visits/<int:id>")
@public
def show_visit(id):
    return render_visit(find(StudyVisit, id, *WHOLE))


def render_visit(visit, status=200, **context):
    steps = visible_to(me(), VisitChange).filter_by(visit_id=visit.id, application_id=None)
    steps = db.session.scalars(steps.order_by(VisitChange.id)).all()
    records = [visit, *visit.texts, *visit.sites, *steps]
    readings = best_readings(reader_languages(), records, ("title", "text", "name", "reason"))
    mine, keeps = own_of(visit)
    context |= {
        "visit": visit,
        "mine": mine,
        "is_kept": keeps,
        "parts": {text.part: readings["OfferText", text.id, "text"] for text in visit.texts},
        "sites": [readings["VisitSite", site.id, "name"] for site in visit.sites],
        "title": readings["StudyVisit", visit.id, "title"],
        "steps": steps,
        "readings": readings,
        "received": count_received(visit) if can(me(), "read_applications", visit) else None,
    }
    return render_template("visits/show.html", **context), status


def own_of(visit):
    """(the reader's application to it or None, whether the reader keeps it), in one statement."""
    if not me().is_authenticated:
        return None, False
    return db.session.execute(_own(), {"reader_id": me().id, "wanted": visit.id}).one()


@prepared
def _own():
    mine = VisitApplication.living_of(bindparam("reader_id", type_=Integer))
    joined = (VisitApplication.visit_id == StudyVisit.id) & and_(*mine)
    own = db.select(VisitApplication, is_kept(StudyVisit)).select_from(StudyVisit)
    return own.outerjoin(VisitApplication, joined).where(StudyVisit.id == bindparam("wanted"))


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
@once
def create_visit():
    visit = StudyVisit.blank(me().city)
    authorize("offer", visit)
    form = offer_form(visit)
    if not form.validate():
        return render_template("visits/new.html", form=form, visit=visit), 422
    OFFERS.spend(me().id)
    visit = StudyVisit.offer(me(), form.title.data)
    visit.revise(**form.values)
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
    visit.revise(**form.values)
    return see_other(".show_visit", id=id)


def offer_form(visit):
    return OfferForm.of(visit, db.session.scalars(visible_to(me(), Theme).order_by(Theme.position)).all())
