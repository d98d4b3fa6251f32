import re

import pytest

from cityexchange.core.db import db
from cityexchange.core.jobs import run_sweep
from cityexchange.core.mail import OutgoingMail
from cityexchange.states.models import IllegalTransition, Incomplete
from tests.factories import CityFactory, MemberFactory
from tests.workshops.factories import WorkshopFactory, noon_in, organiser, slot


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"scope": None}, "scope"),
        ({"scope": "regional"}, "regions"),
        ({"mode": None}, "mode"),
        ({"working_languages": []}, "languages"),
        ({"interpretation": None}, "interpretation"),
        ({"capacity_in_person": None, "capacity_online": None}, "capacity"),
        ({"quota": None}, "quota"),
        ({"accessibility_note": " "}, "accessibility"),
        ({"cost_statement": ""}, "cost"),
        ({"data_notice": ""}, "data_notice"),
        ({"venue": ""}, "venue"),
        ({"slots": []}, "sessions"),
        ({"slots": [slot(days=-1)]}, "dates_ahead"),
        ({"slots": [slot(days=10)]}, "deadline_before_start"),
    ],
)
def test_it_is_not_announced_without_what_people_must_know(values, missing):
    workshop = WorkshopFactory(**values)

    with pytest.raises(Incomplete) as refusal:
        workshop.announce(None)

    assert missing in refusal.value.missing
    assert workshop.state == "draft"


def test_one_learning_objective_is_not_enough():
    workshop = WorkshopFactory()
    workshop.aim_at(["Only one"])

    with pytest.raises(Incomplete, match="objectives"):
        workshop.announce(None)


@pytest.mark.parametrize("is_open", [False, True], ids=["announced", "open"])
@pytest.mark.parametrize(
    "values", [{"interpretation": []}, {"quota": {}}, {"interpretation": [], "quota": {}}]
)
def test_said_to_be_without_interpretation_or_quota_is_an_answer(sign_in, visitor, values, is_open):
    workshop, browser = WorkshopFactory(**values), sign_in(organiser())
    path = f"/workshops/{workshop.id}"
    assert visitor.get(path).status_code == 302, "a draft"

    assert browser.post(f"{path}/announce").status_code == 303
    assert not is_open or browser.post(f"{path}/open-registration").status_code == 303
    page = " ".join(visitor.get(path).text.split())
    assert ("Sign in to register." if is_open else "Registration is not open yet.") in page
    told = re.search(r"<dt>Interpretation</dt> <dd>(.*?)</dd>", page)[1]
    words = "None" if values.get("interpretation") == [] else "English – Arabic"
    assert re.sub(r"<[^>]*>", "", told).strip() == words


def test_without_a_quota_one_city_may_take_all_places(sign_in):
    workshop, city = WorkshopFactory(is_open=True, quota={}, capacity_online=3), CityFactory()
    for _ in range(3):
        browser = sign_in(MemberFactory(city=city))
        browser.post(f"/workshops/{workshop.id}/registrations", data={"mode": "online", "language": "en"})
        assert "You have a place: online." in browser.get(f"/workshops/{workshop.id}").text


def test_announcing_too_early_shows_what_is_missing(sign_in):
    workshop = WorkshopFactory(quota=None)

    answer = sign_in(organiser()).post(f"/workshops/{workshop.id}/announce")

    assert answer.status_code == 422
    assert "Decide about the places for one city" in answer.text
    db.session.refresh(workshop)
    assert workshop.state == "draft"


def test_steps_have_an_order_and_a_step_taken_twice_is_one_step():
    workshop = WorkshopFactory(is_announced=True)
    workshop.announce(None)

    with pytest.raises(IllegalTransition):
        workshop.complete(None)

    assert [c.to_state for c in workshop.changes] == ["announced"]


def test_everybody_registered_hears_of_cancelling_once_with_the_reason(sign_in):
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    has, waits, gone = (workshop.register(m, "in_person", "en") for m in MemberFactory.create_batch(3))
    gone.withdraw()
    browser = sign_in(organiser())

    assert browser.post(f"/workshops/{workshop.id}/cancel", data={"reason": ""}).status_code == 422
    for _press in range(2):
        browser.post(f"/workshops/{workshop.id}/cancel", data={"reason": "The host was flooded."})

    told = db.session.scalars(
        db.select(OutgoingMail.member_id).filter_by(template="workshops/cancelled")
    ).all()
    assert sorted(told) == sorted([has.member_id, waits.member_id])
    assert "The host was flooded." in browser.get(f"/workshops/{workshop.id}").text


def test_who_is_registered_stays_so_over_a_postponement_and_hears_of_the_new_dates():
    workshop = WorkshopFactory(is_open=True)
    registration = workshop.register(MemberFactory(), "online", "en")

    workshop.postpone(None, "Elections")
    workshop.meet("Africa/Tunis", [slot(days=70)])
    workshop.announce(None)

    assert registration.state == "confirmed"
    assert told() == [("place", None), ("postponed", None), ("changed", "times")]


def told():
    mails = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id))
    return [(mail.template.removeprefix("workshops/"), mail.facts.get("kind")) for mail in mails]


def test_new_times_are_told_as_such_and_a_new_name_as_what_it_is():
    workshop = WorkshopFactory(is_open=True)
    workshop.register(MemberFactory(), "online", "en")
    session = workshop.schedule.held[0]

    workshop.meet("Africa/Tunis", [slot(title="Renamed", session_id=session.id)])
    workshop.meet("Africa/Tunis", [slot(days=41, title="Renamed", session_id=session.id)])

    assert told() == [("place", None), ("changed", "other"), ("changed", "times")]


def test_the_clock_closes_begins_and_completes(app):
    workshop = WorkshopFactory(is_open=True)
    workshop.register_until(noon_in(-30).date())
    workshop.schedule.plan("Africa/Tunis", [slot(days=-20)])

    run_sweep("workshops")
    run_sweep("workshops")

    assert [c.to_state for c in workshop.changes[2:]] == ["registration_closed", "running", "completed"]
    assert {c.actor_id for c in workshop.changes} == {None}


def test_the_clock_leaves_alone_what_is_not_due():
    workshop = WorkshopFactory(is_open=True)

    run_sweep("workshops")

    assert workshop.state == "registration_open"


def happened(workshop):
    """Moves its times and its deadline into the past, as time would."""
    workshop.register_until(noon_in(-30).date())
    workshop.schedule.plan("Africa/Tunis", [slot(days=-20)])
    return workshop


def test_what_was_announced_and_never_opened_is_over_after_its_dates(visitor):
    workshop = happened(WorkshopFactory(is_announced=True))

    run_sweep("workshops")
    run_sweep("workshops")

    steps = [c.to_state for c in workshop.changes]
    assert steps == ["announced", "registration_closed", "running", "completed"]
    assert {c.actor_id for c in workshop.changes} == {None}
    assert workshop.title in visitor.get("/workshops?past=1").text
    assert db.session.scalars(db.select(OutgoingMail)).all() == []


def test_a_deadline_that_lies_after_the_end_does_not_keep_it_open():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    workshop.register(MemberFactory(), "in_person", "en")
    workshop.schedule.plan("Africa/Tunis", [slot(days=-1)])

    run_sweep("workshops")

    assert workshop.state == "completed"


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled", "evaluated"])
def test_the_clock_moves_nothing_that_a_person_has_to_decide(state):
    workshop = happened(WorkshopFactory())
    workshop.state = state

    run_sweep("workshops")

    assert (workshop.state, workshop.changes) == (state, [])


def test_nobody_closes_by_hand_what_was_never_opened(sign_in):
    workshop, browser = WorkshopFactory(is_announced=True), sign_in(organiser())
    assert browser.post(f"/workshops/{workshop.id}/close-registration").status_code in (403, 409)
    assert workshop.state == "announced"
    browser.post(f"/workshops/{workshop.id}/open-registration")
    assert browser.post(f"/workshops/{workshop.id}/close-registration").status_code == 303


def test_who_takes_a_step_after_a_colleague_took_another_hears_of_that(sign_in):
    running, cancelled = WorkshopFactory(is_open=True), WorkshopFactory(is_open=True)
    cancelled.cancel(None, "The host was flooded.")
    browser, late = sign_in(organiser()), {"reason": "The host is on strike."}
    answers = {
        "This workshop has moved on meanwhile": browser.post(f"/workshops/{running.id}/announce"),
        "This workshop is over": browser.post(f"/workshops/{cancelled.id}/postpone", data=late),
    }

    for words, answer in answers.items():
        assert answer.status_code == 403
        assert (
            words in answer.text and "Your role" not in answer.text and "Back to the workshop" in answer.text
        )


@pytest.mark.parametrize(("refused", "other"), [("postpone", "cancel"), ("cancel", "postpone")])
def test_a_reason_that_is_refused_stands_in_its_own_form_alone(sign_in, refused, other):
    workshop, reason = WorkshopFactory(is_open=True), "The host was flooded. " * 50
    answer = sign_in(organiser()).post(f"/workshops/{workshop.id}/{refused}", data={"reason": reason})

    assert answer.status_code == 422
    areas = dict(re.findall(r'<textarea[^>]* id="(\w+-reason)"[^>]*>([^<]*)</textarea>', answer.text))
    assert areas[f"{refused}-reason"].strip() == reason.strip() and not areas[f"{other}-reason"].strip()
    assert f'href="#{refused}-reason"' in answer.text and f'for="{other}-reason"' in answer.text
