"""The pages of a visit, from the host's draft to the public call."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.visits.models import StudyVisit
from cityexchange.visits.views import offers
from tests.factories import MemberFactory
from tests.visits.factories import WEIGHTS, close_in_the_past, offered_visit, open_visit, reviewed_visit


def offer_fields(**fields):
    first_day = utcnow().date() + timedelta(days=120)
    return {
        "title": "The desk where everybody arrives",
        "shown": "Our welcome desk and its people.",
        "sites": "Welcome desk\nCourse room\n",
        "starts_on": first_day.isoformat(),
        "ends_on": (first_day + timedelta(days=2)).isoformat(),
        "closes_on": (first_day - timedelta(days=60)).isoformat(),
        "mode": "in_person",
        "interpretation": "none",
        "group_min": 6,
        "group_max": 10,
        "per_city": 2,
        "working_languages": ["fr", "en"],
        **{f"weight_{key}": weight for key, weight in WEIGHTS.items()},
    } | fields


def test_an_official_offers_a_visit_to_their_own_city(sign_in, people):
    browser = sign_in(people["host_official"])
    assert browser.get("/visits/new").status_code == 200
    answer = browser.post("/visits", data=offer_fields())
    visit = db.session.scalar(db.select(StudyVisit))
    assert answer.status_code == 303 and answer.location.endswith(f"/visits/{visit.id}")
    assert visit.host_city == people["host_official"].city and visit.state == "offer_draft"
    assert [site.name for site in visit.sites] == ["Welcome desk", "Course room"]
    page = browser.get(answer.location).text
    assert "One thing that did not work" in page and "Send for review" not in page


def test_a_draft_needs_only_its_title(sign_in, people):
    empty = dict.fromkeys(("shown", "sites", "starts_on", "ends_on", "closes_on", "working_languages"), "")
    answer = sign_in(people["host_official"]).post(
        "/visits", data=offer_fields(**(empty | {"working_languages": []}))
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"group_max": 13},
        {"group_min": 4},
        {"group_min": 9, "group_max": 8},
        {"per_city": 3},
        {"ends_on": ""},
        {"ends_on": "2030-01-01"},
        {"closes_on": "2090-01-01"},
        {"weight_goals": 31},
        {"mode": "by pigeon"},
        {"theme": "nonsense"},
        {"working_languages": ["klingon"]},
        {"sites": "\n".join(map(str, range(13)))},
    ],
)
def test_a_wrong_offer_is_answered_with_what_was_typed(sign_in, people, wrong):
    answer = sign_in(people["host_official"]).post("/visits", data=offer_fields(**wrong))
    assert answer.status_code == 422 and "Our welcome desk and its people." in answer.text
    assert db.session.scalar(db.select(db.func.count(StudyVisit.id))) == 0


def test_facts_that_the_form_does_not_know_are_ignored(sign_in, people):
    other_city = people["stranger"].city
    sign_in(people["host_official"]).post(
        "/visits",
        data=offer_fields(
            state="call_open", host_city_id=other_city.id, endorsed_at="2020-01-01", is_illustrative=1
        ),
    )
    visit = db.session.scalar(db.select(StudyVisit))
    assert (visit.state, visit.host_city, visit.endorsed_at) == (
        "offer_draft",
        people["host_official"].city,
        None,
    )
    assert visit.is_illustrative is False


def test_members_without_a_city_offer_nothing(sign_in, people):
    browser = sign_in(people["seatless"])
    assert browser.get("/visits/new").status_code == 403
    assert browser.post("/visits", data=offer_fields()).status_code == 403


def test_from_draft_to_open_call_by_four_presses(sign_in, people, visitor):
    visit = offered_visit(people["host_official"])
    page = f"/visits/{visit.id}"
    assert visitor.get(page).status_code == visitor.get("/visits/999999").status_code != 200
    assert sign_in(people["host_official"]).post(f"{page}/submit").status_code == 303
    assert sign_in(people["coordinator"]).post(f"{page}/open").status_code == 422
    assert sign_in(people["host_focal_point"]).post(f"{page}/endorse").status_code == 303
    assert sign_in(people["coordinator"]).post(f"{page}/open").status_code == 303
    public = visitor.get(page)
    assert public.status_code == 200 and "Sign in to apply" in public.text
    for text in visit.texts:
        assert text.text in public.text


def test_an_incomplete_offer_is_told_what_it_lacks(sign_in, people):
    visit = offered_visit(people["host_official"], texts={"shown": "The desk."})
    answer = sign_in(people["host_official"]).post(f"/visits/{visit.id}/submit")
    assert answer.status_code == 422 and "One thing that did not work" in answer.text
    assert visit.state == "offer_draft"


def test_a_second_press_on_the_same_step_hears_that_it_is_done(sign_in, people):
    visit = offered_visit(people["host_official"])
    browser = sign_in(people["host_official"])
    assert browser.post(f"/visits/{visit.id}/submit").status_code == 303
    assert browser.post(f"/visits/{visit.id}/submit").status_code == 409


def test_an_offer_under_review_is_not_edited(sign_in, people):
    visit = reviewed_visit(people["host_official"], people["host_focal_point"])
    browser = sign_in(people["host_official"])
    assert browser.get(f"/visits/{visit.id}/edit").status_code == 403
    assert browser.post(f"/visits/{visit.id}/edit", data=offer_fields(title="Other")).status_code == 403
    assert visit.title != "Other"


def test_a_draft_is_edited_and_a_wrong_edit_keeps_what_was_typed(sign_in, people):
    visit = offered_visit(people["host_official"])
    browser = sign_in(people["host_focal_point"])
    assert "What we say about failure" in browser.get(f"/visits/{visit.id}/edit").text
    wrong = browser.post(f"/visits/{visit.id}/edit", data=offer_fields(title="Typed", group_max=40))
    assert wrong.status_code == 422 and "Typed" in wrong.text and visit.title != "Typed"
    assert browser.post(f"/visits/{visit.id}/edit", data=offer_fields(title="Typed")).status_code == 303
    assert visit.title == "Typed" and [site.name for site in visit.sites] == ["Welcome desk", "Course room"]


@pytest.mark.parametrize("step", ["send-back", "cancel"])
def test_sending_back_and_cancelling_ask_why(sign_in, people, step):
    visit = reviewed_visit(people["host_official"], people["host_focal_point"])
    browser = sign_in(people["coordinator"])
    assert browser.get(f"/visits/{visit.id}/{step}").status_code == 200
    assert browser.post(f"/visits/{visit.id}/{step}", data={"reason": ""}).status_code == 422
    assert visit.state == "offer_review"
    answer = browser.post(f"/visits/{visit.id}/{step}", data={"reason": "The dates meet elections."})
    assert answer.status_code == 303 and visit.state in ("offer_draft", "cancelled")
    assert "The dates meet elections." in browser.get(f"/visits/{visit.id}").text


@pytest.mark.parametrize("step", ["submit", "endorse", "open", "close", "send-back", "cancel", "edit"])
def test_a_stranger_moves_nothing(sign_in, people, visit, step):
    answer = sign_in(people["stranger"]).post(f"/visits/{visit.id}/{step}", data={"reason": "I want to."})
    assert answer.status_code == 403 and visit.state == "call_open"


@pytest.mark.parametrize("step", ["submit", "endorse", "open", "send-back", "cancel", "edit", "applications"])
def test_a_hidden_offer_does_not_exist_for_a_stranger(sign_in, people, step):
    visit = offered_visit(people["host_official"])
    browser = sign_in(people["stranger"])
    assert browser.get(f"/visits/{visit.id}").status_code == 404
    assert browser.post(f"/visits/{visit.id}/{step}").status_code == 404


def test_hidden_offers_are_not_on_the_list_of_others(sign_in, people, visitor, visit):
    offered_visit(people["host_official"], title="Still secret")
    for browser in (visitor, sign_in(people["stranger"])):
        page = browser.get("/visits").text
        assert visit.title in page and "Still secret" not in page
    assert "Still secret" in sign_in(people["host_colleague"]).get("/visits").text


@pytest.mark.parametrize(
    ("zone", "clocks"),
    [
        ("Asia/Tokyo", ["Paris", "Tokyo", "UTC"]),
        ("Europe/Madrid", ["Paris", "UTC"]),  # another place, the same clock
        ("UTC", ["Paris", "UTC"]),
        (None, ["Paris", "UTC"]),
    ],
)
def test_the_deadline_stands_by_the_hosts_clock_and_by_others_that_differ_all_in_words(
    sign_in, visitor, visit, zone, clocks
):
    visit.timezone = "Europe/Paris"
    browser = sign_in(MemberFactory(timezone=zone)) if zone else visitor
    page = browser.get("/visits").text

    named = re.findall(r'<span class="soft">(?:(\w+) time \(|(Coordinated Universal Time))', page)
    assert [city or "UTC" for city, _utc in named] == clocks


def test_clocks_that_differ_only_in_summer_are_told_apart_then(visitor, visit):
    visit.timezone = "Africa/Dakar"
    assert "Coordinated Universal Time" not in visitor.get("/visits").text
    visit.timezone, visit.call_deadline = "Europe/London", datetime(utcnow().year + 1, 7, 1, tzinfo=UTC)
    assert "Coordinated Universal Time" in visitor.get("/visits").text


def test_a_call_past_its_deadline_is_not_shown_as_open(sign_in, people, visit):
    close_in_the_past(visit)
    browser = sign_in(people["stranger"])
    assert "No call is open just now" in browser.get("/visits").text
    page = browser.get(f"/visits/{visit.id}").text
    assert "Call ended" in page and f"/visits/{visit.id}/apply" not in page


def test_the_coordinator_closes_a_call_after_its_deadline_only(sign_in, people, visit):
    browser = sign_in(people["coordinator"])
    assert browser.post(f"/visits/{visit.id}/close").status_code == 422
    close_in_the_past(visit)
    assert browser.post(f"/visits/{visit.id}/close").status_code == 303
    assert visit.state == "selecting"


def test_every_later_state_has_its_page(sign_in, people, visit, visitor):
    with clock_at(visit.call_deadline + timedelta(minutes=1)):
        visit.close_call(people["coordinator"])
    for state in ("selected", "preparing", "ready", "under_way", "reporting", "follow_up", "closed"):
        visit.advance(state, people["coordinator"])
        for browser in (visitor, sign_in(people["host_official"]), sign_in(people["stranger"])):
            assert "Next step" in browser.get(f"/visits/{visit.id}").text
            assert visit.title in browser.get("/visits").text


def test_the_list_asks_as_few_questions_for_many_visits_as_for_one(sign_in, count_queries):
    browser = sign_in(MemberFactory())
    open_visit()
    browser.get("/visits")
    with count_queries() as few:
        browser.get("/visits")
    for n in range(6):
        visit = open_visit(title=f"Visit {n}")
        if n % 2:
            close_in_the_past(visit)
    with count_queries() as many:
        assert browser.get("/visits").text.count("Visit ") >= 6
    assert len(many) <= len(few) + 1


def test_a_long_list_goes_on_with_calls_first_and_every_visit_comes_once(visitor, monkeypatch):
    monkeypatch.setattr(offers, "LINES", 3)
    for n in range(4):
        close_in_the_past(open_visit(title=f"Ended {n}."))
        open_visit(title=f"Open {n}.")
    pages, address = [], "/visits"
    while address:
        page = visitor.get(address).text
        pages.append(re.findall(r">((?:Open|Ended) \d)\.<", page))
        address = (re.findall(r'rel="next" href="([^"]+)"', page) or [None])[0]

    assert [len(page) for page in pages] == [3, 3, 2]
    titles = [title for page in pages for title in page]
    assert len(set(titles)) == 8 and all(title.startswith("Open") for title in titles[:4])
    assert "No call is open" not in page


def test_who_still_writes_in_an_offer_that_was_sent_hears_that_and_keeps_the_words(sign_in, people):
    official = people["host_official"]
    visit = offered_visit(official)
    visit.submit(official)
    form, ours = offer_fields(title="Other", failure="Long words\nof ours"), {"Origin": "http://localhost"}
    answer = sign_in(official).post(f"/visits/{visit.id}/edit", data=form, headers=ours)

    assert answer.status_code == 403
    assert "This offer can no longer be changed" in answer.text and "Long words\nof ours" in answer.text
    assert f'href="/visits/{visit.id}"' in answer.text


def test_every_obstacle_has_words(sign_in):
    visit = open_visit()
    answer = sign_in(MemberFactory(team_role="coordinator")).post(f"/visits/{visit.id}/close")

    assert answer.status_code == 422
    assert "The end of the last day of the call" in answer.text and "deadline_passed" not in answer.text
