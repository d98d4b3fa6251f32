"""Who speaks for a city says what it is called in each language; the register only proposes."""

# ruff: noqa: F811

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from tests.cities.factories import speaker
from tests.cities.test_names import TANGIER, TILES, read_in, tangier  # noqa: F401  # a fixture
from tests.core.test_listing import walk
from tests.factories import CityFactory

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
