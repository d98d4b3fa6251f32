"""A form that asks which place on earth a city is."""

import pytest
from werkzeug.datastructures import MultiDict

from cityexchange.cities.forms.place import HasPlace
from cityexchange.cities.limits import PLACE_LOOKUPS
from cityexchange.core.limits.stores import PROCESS
from tests.factories import CityFactory

GENEVA = "2660646"
BY_HAND = {"own_name": "Brig-sur-Mer", "own_country": "CH", "own_timezone": "Europe/Zurich"}


@pytest.fixture
def check(app):
    def check(**typed):
        with app.test_request_context("/", method="POST", data=typed):
            form = HasPlace(MultiDict(typed))
            return form.validate(), form

    return check


def test_a_city_of_the_register_brings_its_facts(check):
    is_valid, form = check(geonameid=GENEVA, place_text="Женева")

    assert is_valid
    assert form.place_values["name"] == "Geneva"
    assert form.place_values["region"] == "europe"
    assert form.place_values["geonameid"] == int(GENEVA)


def test_a_city_by_hand_needs_name_and_country_and_both_coordinates_or_none(check):
    is_valid, form = check(**BY_HAND)
    assert is_valid
    assert (form.place_values["region"], form.place_values["geonameid"]) == ("europe", None)

    assert not check(**{**BY_HAND, "own_country": ""})[0]
    assert not check(**BY_HAND, own_latitude="46.2")[0]
    assert not check(**BY_HAND, own_latitude="146.2", own_longitude="6")[0]
    assert check(**BY_HAND, own_latitude="46.2", own_longitude="6.14", own_population="1200")[0]


@pytest.mark.parametrize("number", ["1", "0", "-1", "x", "99999999999999999999", ""])
def test_a_number_that_the_register_lacks_is_no_city(check, number):
    is_valid, form = check(geonameid=number)

    assert not is_valid
    assert form.place_text.errors


def test_who_only_searches_hears_of_no_mistake_and_keeps_what_was_chosen(check):
    is_valid, form = check(find_place="1", place_text="Tunis", geonameid=GENEVA, own_latitude="what")

    assert not is_valid
    assert not form.errors
    assert [place.name for place in form.found_places][:2] == ["Geneva", "Tunis"]


def test_a_visitor_searches_while_typing(visitor):
    part = visitor.get("/cities/places?place_text=Женева", headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert f'value="{GENEVA}"' in part
    assert "Женева" in part


def test_without_scripts_too_cities_are_named_in_the_language_of_the_page(visitor):
    page = visitor.get("/cities/places?place_text=geneve&find_place=1&lang=ru").text
    assert "<b><bdi>Женева</bdi></b>" in page


def test_without_javascript_the_page_finds_and_shows(visitor):
    CityFactory(slug="geneva", name="Geneva", geonameid=int(GENEVA))

    assert f'value="{GENEVA}"' in visitor.get("/cities/places?place_text=geneve&find_place=1").text
    assert 'href="/cities/geneva"' in visitor.get(f"/cities/places?geonameid={GENEVA}").text
    assert "does not take part yet" in visitor.get("/cities/places?geonameid=2464470").text


def test_a_city_that_one_may_not_see_does_not_show_through_the_register(visitor):
    CityFactory(slug="geneva", name="Geneva", geonameid=int(GENEVA), state="suspended")

    assert 'href="/cities/geneva"' not in visitor.get(f"/cities/places?geonameid={GENEVA}").text


def test_nobody_searches_without_end(visitor, monkeypatch):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)  # all in one moment, however long it takes
    for _ in range(PLACE_LOOKUPS.most - 2):
        PLACE_LOOKUPS.spend("127.0.0.1")
    answers = [visitor.get("/cities/places?place_text=a").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_what_is_typed_is_only_text(visitor):
    page = visitor.get("/cities/places", query_string={"place_text": "<script>alert(1)</script>"}).text

    assert "<script>alert" not in page
