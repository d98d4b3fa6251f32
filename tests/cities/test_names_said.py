"""Who speaks for a city says what it is called in each language; the register only proposes."""

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from tests.cities.factories import speaker
from tests.cities.test_names import TANGIER, TILES, read_in
from tests.core.test_listing import walk
from tests.factories import CityFactory


@pytest.fixture
def tangier():
    return CityFactory(slug="tangier", name="Tangier", names=TANGIER, country="MA")


SAID = {f"in_{language}": name for language, name in TANGIER.items()} | {"in_en": "", "in_pt": " Tânger "}


def test_who_speaks_for_a_city_says_what_it_is_called(sign_in, visitor):
    member = speaker(CityFactory(slug="tangier", name="Tangier", working_languages=["ar", "pt"]))
    browser = sign_in(member)
    assert "in_pt" in browser.get("/cities/tangier/names").text

    assert browser.post("/cities/tangier/names", data=SAID).status_code == 303

    assert member.city.names == TANGIER | {"pt": "Tânger"}
    assert walk(visitor, "/cities?q=tânger", TILES) == [["Tangier"]]
    assert db.session.scalar(db.select(AuditEntry).filter_by(verb="edit_names")).actor_id == member.id


def test_a_name_that_is_taken_away_is_neither_shown_nor_found(sign_in, visitor, tangier):
    sign_in(speaker(tangier)).post("/cities/tangier/names", data=SAID | {"in_ru": ""})

    assert "Tangier" in read_in(visitor, "/cities/tangier", "ru")
    assert walk(visitor, "/cities?q=Танжер&lang=en", TILES) == [[]]


def test_what_the_register_knows_is_offered_and_kept_only_once_it_is_saved(sign_in):
    city = CityFactory(slug="vienna", name="Vienna", geonameid=2761369)
    assert 'value="Вена"' in sign_in(speaker(city)).get("/cities/vienna/names").text
    assert city.names == {}


@pytest.mark.parametrize("wrong", ["x" * 121, "Tan\u202eger"])
def test_a_name_that_is_not_in_order_loses_nothing_that_was_typed(sign_in, tangier, wrong):
    answer = sign_in(speaker(tangier)).post("/cities/tangier/names", data=SAID | {"in_fr": wrong})
    assert answer.status_code == 422
    assert "Tánger" in answer.text
    assert tangier.names == TANGIER


@pytest.mark.parametrize("taken", ["Vienne", "VIENNA", " vienna ", "Вена", "فيينا", "维也纳"])
@pytest.mark.parametrize("state", ["active", "applied", "suspended"])
def test_no_city_goes_by_the_name_of_another_one(sign_in, tangier, state, taken):
    CityFactory(
        name="Vienna", names={"fr": "Vienne", "ru": "Вена", "ar": "فيينا", "zh": "维也纳"}, state=state
    )
    answer = sign_in(speaker(tangier)).post("/cities/tangier/names", data=SAID | {"in_fr": taken})
    assert answer.status_code == 422
    assert "Another city goes by this name" in answer.text and "Tánger" in answer.text
    assert tangier.names == TANGIER


def test_cities_that_share_a_name_both_go_by_it(sign_in, tangier):
    """That is what the register, or whoever let them in, calls them."""
    CityFactory(name="Vienne", names={"ru": "Вена"})
    other = CityFactory(slug="vienna", name="Vienna", geonameid=2761369)
    said = {"in_fr": "Vienne", "in_ru": "Вена"}
    assert sign_in(speaker(other)).post("/cities/vienna/names", data=said).status_code == 303
    assert other.names == {"fr": "Vienne", "ru": "Вена"}
