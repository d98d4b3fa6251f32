import pytest
from sqlalchemy.exc import IntegrityError

from cityexchange.core.db import db
from tests.factories import CityFactory, MemberFactory, ThemeFactory


def test_anybody_reads_about_the_cities_that_take_part(visitor):
    CityFactory(slug="lyon", name="Lyon")
    CityFactory(name="Not yet", state="applied")

    page = visitor.get("/cities").text

    assert "Lyon" in page
    assert "Not yet" in page
    assert visitor.get("/cities/lyon").status_code == 200


@pytest.mark.parametrize("state", ["draft", "suspended", "left"])
def test_a_city_that_does_not_take_part_is_for_the_team(visitor, sign_in, state):
    CityFactory(slug="hidden", name="Hidden", state=state)

    team = sign_in(MemberFactory(city=None, team_role="coordinator"))

    assert team.get("/cities/hidden").status_code == 200
    assert "Hidden" not in visitor.get("/cities").text
    assert "Hidden" in team.get("/cities").text
    hidden, none = visitor.get("/cities/hidden"), visitor.get("/cities/none")
    assert hidden.status_code == none.status_code
    assert hidden.status_code in (302, 404)


def test_a_place_has_one_city():
    CityFactory(geonameid=2660646)

    with pytest.raises(IntegrityError):
        CityFactory(geonameid=2660646)
    db.session.rollback()


def test_cities_are_found_by_what_they_offer_and_need(visitor):
    housing = ThemeFactory(key="housing")
    CityFactory(name="Giver").offer(housing)
    CityFactory(name="Taker").need(housing)

    offering = visitor.get("/cities?offer=housing").text

    assert "Giver" in offering
    assert "Taker" not in offering
    assert "Taker" in visitor.get("/cities?need=housing").text
    assert visitor.get("/themes/housing").status_code == 200


def test_a_percent_sign_is_only_a_percent_sign(visitor):
    CityFactory(name="Lyon")

    assert "Lyon" not in visitor.get("/cities?q=%25").text


def test_an_earlier_declaration_is_kept():
    city = CityFactory()
    city.declare_kind("recent")
    city.declare_kind("mixed", ("transit", "mixed"), why="Both at once")

    assert (city.kind_primary, city.kinds_other) == ("mixed", ["transit"])
    assert [d.primary for d in city.declarations] == ["mixed", "recent"]


@pytest.mark.parametrize(
    ("who", "may"),
    [("speaker", True), ("coordinator", True), ("colleague", False), ("speaker elsewhere", False)],
)
def test_who_speaks_for_a_city_corrects_the_language_of_what_it_says(sign_in, who, may):
    city = CityFactory(slug="lyon", about="Ville d'accueil depuis longtemps.", about_language="en")
    seats = {
        "speaker": {"city": city, "seat": "city_deputy"},
        "coordinator": {"city": None, "team_role": "coordinator"},
        "colleague": {"city": city},
        "speaker elsewhere": {"city": CityFactory(), "seat": "city_focal_point"},
    }
    browser = sign_in(member_with(**seats[who]))
    address = f"/translations/City/{city.id}"

    assert ("The language is wrong?" in browser.get("/cities/lyon").text) == may
    assert ("The language is wrong?" in browser.get(address).text) == may
    answer = browser.post(f"{address}/language?next=/cities/lyon", data={"language": "fr"})
    assert (answer.status_code, city.about_language) == ((303, "fr") if may else (403, "en"))
    assert f'lang="{city.about_language}"' in browser.get("/cities/lyon").text


def member_with(seat=None, city=None, **values):
    member = MemberFactory(city=None if seat else city, **values)
    if seat:
        member.seat_in(city, seat)
        db.session.flush()
    return member


def test_a_list_of_languages_has_the_comma_of_the_page(visitor):
    CityFactory(slug="sfax", working_languages=["ar", "fr"])
    assert "Arabic, French" in visitor.get("/cities/sfax?lang=en").text
    assert "العربية، الفرنسية" in visitor.get("/cities/sfax?lang=ar").text
