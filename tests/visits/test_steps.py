"""The states of a visit and of an application, and the ways between them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.jobs import run_sweep
from cityexchange.events.times import wall_of
from cityexchange.states.models import IllegalTransition, Incomplete
from cityexchange.visits.models import StudyVisit, VisitApplication, VisitChange, word_count
from tests.factories import MemberFactory
from tests.visits.factories import (
    close_in_the_past,
    coordinator,
    draft_application,
    host_team,
    offered_visit,
    open_visit,
    reviewed_visit,
    sent_application,
)


def test_an_offer_walks_from_draft_to_closed_and_each_step_is_noted():
    official, focal_point = host_team()
    team = coordinator()
    visit = reviewed_visit(official, focal_point)
    visit.open_call(team)
    with clock_at(visit.call_deadline + timedelta(minutes=1)):
        visit.close_call(team)
    for state in ("selected", "preparing", "ready", "under_way", "reporting", "follow_up", "closed"):
        visit.advance(state, team)

    steps = db.session.scalars(db.select(VisitChange).order_by(VisitChange.id)).all()
    assert [step.to_state for step in steps][:3] == ["offer_review", "call_open", "selecting"]
    assert len(steps) == 10 and steps[0].actor == official and steps[1].actor == team


@pytest.mark.parametrize("state", ["selecting", "selected", "closed", "offer_draft"])
def test_a_draft_cannot_jump(state):
    official, _ = host_team()
    visit = offered_visit(official)
    with pytest.raises(IllegalTransition):
        visit.become(state, official)
    assert visit.state == "offer_draft"


def test_nothing_leads_out_of_closed_or_cancelled():
    visit = open_visit()
    visit.cancel(coordinator(), "The host has elections.")
    with pytest.raises(IllegalTransition):
        visit.advance("selected", coordinator())
    with pytest.raises(IllegalTransition):
        visit.cancel(coordinator(), "Again.")


@pytest.mark.parametrize("state", ["call_open", "selecting", "cancelled", "offer_draft"])
def test_states_with_a_verb_of_their_own_are_not_reached_by_advancing(state):
    visit = open_visit()
    with pytest.raises(ValueError):
        visit.advance(state, coordinator())


def test_cancelling_needs_a_reason():
    visit = open_visit()
    with pytest.raises(ValueError):
        visit.cancel(coordinator(), "  ")
    visit.cancel(coordinator(), "Das Rathaus wird renoviert und bleibt im Frühjahr geschlossen.")
    assert db.session.scalar(db.select(VisitChange).filter_by(to_state="cancelled")).language == "de"


def test_an_offer_without_a_failure_is_not_reviewed():
    official, _ = host_team()
    visit = offered_visit(official)
    assert visit.missing() == []
    visit.revise(texts={"failure": " "}, sites=["Desk"], closes_on=visit.last_day_of_call)
    assert visit.missing() == ["failure"]
    with pytest.raises(Incomplete):
        visit.submit(official)


def test_weights_must_sum_to_a_hundred():
    official, _ = host_team()
    assert offered_visit(official, criteria={"goals": 90}).missing() == ["criteria"]


def test_the_call_closes_before_the_visit_begins():
    official, _ = host_team()
    visit = offered_visit(official)
    visit.revise(sites=["Desk"], closes_on=visit.starts_on)
    assert visit.missing() == ["deadline"]


def test_a_call_opens_only_with_the_city_behind_it_and_four_weeks_to_go():
    official, _ = host_team()
    visit = offered_visit(official, closes_on=utcnow().date() + timedelta(days=10))
    visit.submit(official)
    with pytest.raises(Incomplete) as refusal:
        visit.open_call(coordinator())
    assert refusal.value.missing == ["endorsement", "call_weeks"]


def test_an_offer_sent_back_has_to_be_endorsed_again():
    official, focal_point = host_team()
    visit = reviewed_visit(official, focal_point)
    visit.send_back(coordinator(), "Please say who pays the interpreters.")
    assert visit.state == "offer_draft" and visit.endorsed_at is None


def test_an_offer_is_endorsed_only_while_it_is_reviewed():
    official, focal_point = host_team()
    with pytest.raises(IllegalTransition):
        offered_visit(official).endorse(focal_point)


def test_the_deadline_is_the_end_of_the_day_where_the_host_is():
    official, _ = host_team(timezone="America/Sao_Paulo")
    visit = offered_visit(official)
    assert visit.call_deadline.utcoffset() != timedelta(0)
    db.session.flush()
    db.session.expire(visit)
    assert (visit.call_deadline.hour, visit.call_deadline.minute) == (2, 59)
    assert visit.last_day_of_call == visit.starts_on - timedelta(days=60)


def test_a_call_is_not_closed_before_its_deadline_and_closes_by_itself_after_it():
    visit = open_visit()
    with pytest.raises(Incomplete):
        visit.close_call(coordinator())
    run_sweep("visits")
    assert visit.state == "call_open"
    close_in_the_past(visit)
    assert not visit.is_call_running
    run_sweep("visits")
    assert visit.state == "selecting"


def at_hand(state, first_day, last_day, zone="Europe/Paris"):
    visit = open_visit()
    visit.state, visit.timezone = state, zone
    visit.starts_on, visit.ends_on = first_day, last_day
    db.session.flush()
    return visit


def steps_by_the_clock(visit):
    changes = db.session.scalars(db.select(VisitChange).filter_by(visit_id=visit.id, actor_id=None)).all()
    return [change.to_state for change in changes if change.to_state in ("under_way", "reporting")]


@pytest.mark.parametrize(
    ("state", "days", "becomes"),
    [
        ("ready", (1, 3), []),
        ("ready", (-1, 1), ["under_way"]),
        ("ready", (-5, -3), ["under_way", "reporting"]),
        ("under_way", (-3, 0), []),
        ("under_way", (-5, -3), ["reporting"]),
        ("preparing", (-5, -3), []),
        ("cancelled", (-5, -3), []),
        ("reporting", (-5, -3), []),
    ],
)
def test_a_visit_begins_and_ends_by_the_calendar_and_once(state, days, becomes):
    today = wall_of(utcnow(), "Europe/Paris").date()
    visit = at_hand(state, *(today + timedelta(days=one) for one in days))

    run_sweep("visits")
    run_sweep("visits")

    assert steps_by_the_clock(visit) == becomes
    assert visit.state == [state, *becomes][-1]


def test_the_day_is_that_of_the_hosts_zone():
    ahead = at_hand("ready", date(2027, 3, 2), date(2027, 3, 3), "Pacific/Kiritimati")
    behind = at_hand("ready", date(2027, 3, 2), date(2027, 3, 3), "America/Lima")

    with clock_at(datetime(2027, 3, 1, 11, tzinfo=UTC)):
        run_sweep("visits")

    assert (ahead.state, behind.state) == ("under_way", "ready")


def test_an_application_speaks_for_the_city_it_was_begun_in():
    visit = open_visit()
    application = draft_application(visit)
    assert application.city == application.applicant.city and application.state == "draft"


def test_beginning_twice_makes_one_application():
    visit, applicant = open_visit(), MemberFactory()
    assert VisitApplication.begin(applicant, visit) is VisitApplication.begin(applicant, visit)
    assert db.session.scalar(db.select(db.func.count(VisitApplication.id))) == 1


def test_the_database_too_keeps_one_living_application():
    visit, applicant = open_visit(), MemberFactory()
    first = draft_application(visit, applicant)
    db.session.add(VisitApplication(visit=visit, city=applicant.city, applicant=applicant, state="draft"))
    with pytest.raises(Exception, match="(?i)unique"):
        db.session.flush()
    db.session.rollback()
    assert first


def test_who_withdrew_may_apply_again():
    visit = open_visit()
    first = sent_application(visit)
    first.withdraw(first.applicant)
    again = sent_application(visit, first.applicant)
    assert again.id != first.id and first.state == "withdrawn" and first.withdrawn_at


def test_a_draft_with_gaps_cannot_be_sent():
    application = VisitApplication.begin(MemberFactory(), open_visit())
    application.revise(["Explain the interview"], motivation="We want to learn.")
    assert application.missing() == ["power_to_act", "gives_back", "travellers", "goals"]
    with pytest.raises(Incomplete):
        application.submit(application.applicant)


def test_an_endorsement_belongs_to_the_text_it_was_given_to():
    application = sent_application(open_visit())
    focal_point = MemberFactory(city=application.city, role="city_focal_point")
    application.endorse(focal_point)
    assert application.state == "endorsed"
    application.revise(["a", "b", "c"], motivation="Another text.")
    assert application.state == "submitted" and application.endorsed_at is None


def test_an_empty_goal_is_taken_out():
    application = draft_application(open_visit())
    application.revise(["One", "", "Three"])
    assert [(goal.position, goal.text) for goal in application.goals] == [(1, "One"), (3, "Three")]


def test_every_decision_against_an_application_has_a_reason():
    application = sent_application(open_visit())
    with pytest.raises(ValueError):
        application.decide("ineligible", coordinator())
    with pytest.raises(IllegalTransition):
        application.decide("selected", coordinator())
    application.decide("eligible", coordinator())
    application.decide("not_selected", coordinator(), "The goals of others were clearer.")
    assert application.state == "not_selected"


def test_words_are_counted_with_and_without_spaces():
    assert word_count("deux mots") == 2
    assert word_count("مدينة واحدة هنا") == 3
    assert word_count("我们想学习") == 3


def test_one_offer_takes_only_its_own_facts():
    official, _ = host_team()
    visit = StudyVisit.offer(official, "Title")
    with pytest.raises(ValueError):
        visit.revise(state="call_open")
