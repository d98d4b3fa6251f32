"""What records with states have in common; their own steps are tested beside them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import CheckConstraint

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.jobs import run_sweep
from cityexchange.states.models import Change, HasStates, IllegalTransition, Incomplete
from cityexchange.visits.labels import APPLICATION_STATES, VISIT_STATES
from cityexchange.visits.models import StudyVisit, VisitApplication, VisitChange
from cityexchange.workshops.labels import STATES
from cityexchange.workshops.models import Workshop
from tests.factories import MemberFactory
from tests.visits.factories import coordinator, open_visit
from tests.workshops.factories import WorkshopFactory, organiser

WORDS = {Workshop: STATES, StudyVisit: VISIT_STATES, VisitApplication: APPLICATION_STATES}


def mapped(base):
    return {mapper.class_ for mapper in db.Model.registry.mappers if issubclass(mapper.class_, base)}


def test_all_records_with_states_are_tried_below():
    assert mapped(HasStates) == WORDS.keys()


@pytest.mark.parametrize("model", WORDS)
def test_every_way_leads_to_a_state_that_has_words_and_that_the_database_takes(model):
    checks = [c for c in model.__table__.constraints if isinstance(c, CheckConstraint)]
    (check,) = (c for c in checks if str(c.sqltext).startswith("state IN"))
    kept = set(re.findall(r"'(\w+)'", str(check.sqltext)))
    led_to = {state for following in model.ways.values() for state in following}

    assert set(model.ways) == kept == WORDS[model].keys()
    assert led_to | set(model.reasoned) <= kept


@pytest.mark.parametrize("model", WORDS)
def test_every_state_is_reached_from_the_first(model):
    reached = [model.__table__.c.state.default.arg]
    for state in reached:
        reached += [to for to in model.ways[state] if to not in reached]

    assert set(reached) == set(model.ways)


def test_all_steps_are_remembered_in_the_same_columns():
    kinds = mapped(Change)
    shared = {column.key: str(column.type) for column in VisitChange.__table__.columns}
    shared = {key: kind for key, kind in shared.items() if key not in ("visit_id", "application_id")}

    assert len(kinds) > 1
    for kind in kinds:
        assert shared.items() <= {c.key: str(c.type) for c in kind.__table__.columns}.items(), kind


def test_a_step_tells_who_took_it_from_where_to_where_when_and_why():
    workshop, ana = WorkshopFactory(is_open=True), organiser()
    moment = utcnow() + timedelta(days=3)
    with clock_at(moment):
        workshop.postpone(ana, "  Die Brücke ist gesperrt, und niemand kommt über den Fluss. ")

    step = workshop.last_change
    assert (step.actor, step.from_state, step.to_state) == (ana, "registration_open", "postponed")
    assert step.reason.startswith("Die Brücke") and step.reason.endswith("Fluss.") and step.language == "de"
    assert moment <= step.at


@pytest.mark.parametrize(
    ("state", "refusal"),
    [("draft", IllegalTransition), ("registration_open", Incomplete), ("cancelled", ValueError)],
)
def test_a_step_that_is_refused_leaves_no_trace(state, refusal):
    workshop = WorkshopFactory(is_announced=True)
    workshop.quota = None

    with pytest.raises(refusal):
        workshop.become(state, MemberFactory(), " ")

    assert workshop.state == "announced"
    assert [step.to_state for step in workshop.changes] == ["announced"]


def test_a_reason_too_short_to_tell_is_in_the_language_of_who_gives_it():
    visit = open_visit()
    visit.cancel(MemberFactory(locale="fr"), "Non.")

    assert db.session.scalars(db.select(VisitChange.language).order_by(VisitChange.id.desc())).first() == "fr"


def test_what_waits_for_the_time_moves_when_the_clock_does_and_not_before():
    workshop, visit = WorkshopFactory(is_open=True), open_visit()
    db.session.commit()
    moments = {
        "registration_open": workshop.registration_closes_at - timedelta(minutes=1),
        "registration_closed": workshop.registration_closes_at + timedelta(minutes=1),
        "running": workshop.schedule.starts_at + timedelta(minutes=1),
        "completed": workshop.schedule.ends_at + timedelta(minutes=1),
    }
    for state, moment in moments.items():
        with clock_at(moment):
            run_sweep("workshops")
        assert workshop.state == state

    for state, moment in {"call_open": -1, "selecting": 1}.items():
        with clock_at(visit.call_deadline + timedelta(minutes=moment)):
            run_sweep("visits")
        assert visit.state == state


def test_whoever_is_late_by_an_instant_hears_that_somebody_was_faster(sign_in):
    visit, team = open_visit(), coordinator()
    with clock_at(visit.call_deadline + timedelta(minutes=1)):
        visit.close_call(None)
        answer = sign_in(team).post(f"/visits/{visit.id}/close")

    assert answer.status_code == 409 and "Somebody else was faster" in answer.text
