"""Choosing a host city proposes its time zone; who chose a zone keeps it."""

import re

import pytest

from cityexchange.cities.models import City
from cityexchange.core.db import db
from tests.factories import CityFactory
from tests.workshops.factories import organiser
from tests.workshops.test_writing import the_workshop, whole_form

OWN = "Europe/Zurich"


@pytest.fixture
def browser(sign_in):
    CityFactory(name="Zurich", timezone=OWN)
    return sign_in(organiser(timezone=OWN))


def city(zone):
    return str(CityFactory(timezone=zone).id)


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Africa/Tunis", "Tunis"),
        ("Asia/Kolkata", "Kolkata"),
        ("America/Bogota", "Bogota"),
        ("Asia/Shanghai", "Shanghai"),
    ],
)
def test_a_new_workshop_takes_the_zone_of_its_host_city_and_says_so(browser, zone, place):
    answer = browser.post("/workshops/new", data=whole_form(host_city_id=city(zone), timezone=OWN))

    assert answer.status_code == 303 and the_workshop().timezone == zone
    assert the_workshop().schedule.held[0].wall_starts.hour == 9
    page = browser.get(answer.location).text
    assert f"clocks in {place}" in page


def test_who_chose_a_zone_keeps_it(browser):
    browser.post("/workshops/new", data=whole_form(host_city_id=city("Africa/Tunis"), timezone="UTC"))

    assert the_workshop().timezone == "UTC"


def test_who_went_back_to_the_own_zone_after_a_proposal_keeps_it(browser):
    browser.post(
        "/workshops/new",
        data=whole_form(host_city_id=city("Africa/Tunis"), timezone=OWN, zone_is_proposed="yes"),
    )
    assert the_workshop().timezone == OWN


def test_the_times_of_an_announced_workshop_stay_where_its_host_moves(browser):
    browser.post("/workshops/new", data=whole_form(timezone=OWN))
    the_workshop().state = "announced"
    db.session.commit()
    path, moved = (
        f"/workshops/{the_workshop().id}/edit",
        whole_form(host_city_id=city("Africa/Tunis"), timezone=OWN),
    )
    assert browser.post(path, data=moved).status_code == 303

    db.session.expire_all()
    assert (the_workshop().timezone, the_workshop().host_city.timezone) == (OWN, "Africa/Tunis")


def test_where_it_is_the_same_zone_nothing_is_said(browser):
    answer = browser.post("/workshops/new", data=whole_form(host_city_id=city(OWN), timezone=OWN))

    assert the_workshop().timezone == OWN and "clocks in" not in browser.get(answer.location).text


def test_whoever_goes_back_to_another_zone_is_let(browser):
    host = city("Africa/Tunis")
    browser.post("/workshops/new", data=whole_form(host_city_id=host, timezone=OWN))
    again = whole_form(host_city_id=host, timezone=OWN, **{"sessions-0-id": ""})

    assert browser.post(f"/workshops/{the_workshop().id}/edit", data=again).status_code == 303

    db.session.expire_all()
    assert the_workshop().timezone == OWN


@pytest.mark.parametrize("changes", [{"title": ""}, {"add_rows": "1"}], ids=["refused", "more rows"])
def test_a_form_that_comes_back_shows_the_zone_it_took(browser, changes):
    page = browser.post(
        "/workshops/new", data=whole_form(host_city_id=city("Africa/Tunis"), timezone=OWN) | changes
    ).text

    assert '<option selected value="Africa/Tunis">' in page and "clocks in Tunis" in page


def test_a_time_that_does_not_exist_is_judged_by_the_zone_that_was_taken(browser):
    # 28 March 2027, 02:30: clocks are put forward in Zurich, and not in Tunis.
    night = {"sessions-0-starts": "2027-03-28T02:30", "sessions-0-ends": "2027-03-28T04:00"}
    deadline = {"registration_until": "2027-03-01"}
    form = whole_form(host_city_id=city("Africa/Tunis"), timezone=OWN, **night, **deadline)

    assert browser.post("/workshops/new", data=form).status_code == 303


@pytest.mark.parametrize("state", ["applied", "suspended", "dormant"])
def test_a_host_city_that_takes_part_no_more_stays_the_host_when_other_words_are_saved(browser, state):
    host = city("Africa/Tunis")
    browser.post("/workshops/new", data=whole_form(host_city_id=host))
    db.session.get(City, int(host)).state = state
    db.session.commit()
    path = f"/workshops/{the_workshop().id}/edit"

    assert re.search(rf'<option [^>]*selected[^>]* value="{host}"', browser.get(path).text)
    assert browser.post(path, data=whole_form(host_city_id=host, audience="All")).status_code == 303

    db.session.expire_all()
    assert (the_workshop().host_city_id, the_workshop().audience) == (int(host), "All")


def test_the_browser_learns_the_zones_with_the_cities(browser):
    id = city("Asia/Kolkata")
    page = browser.get("/workshops/new").text

    assert re.search(rf'<option [^>]*data-timezone="Asia/Kolkata"[^>]* value="{id}"', page)
    assert 'data-behaviour="host-zone"' in page
