from tests.factories import CityFactory, MemberFactory, ThemeFactory


def test_anybody_reads_about_the_cities_that_take_part(visitor):
    CityFactory(slug="lyon", name="Lyon")
    CityFactory(name="Not yet", state="applied")

    page = visitor.get("/cities").text

    assert "Lyon" in page
    assert "Not yet" not in page
    assert visitor.get("/cities/lyon").status_code == 200


def test_a_city_that_only_applied_is_for_the_team(visitor, sign_in):
    CityFactory(slug="hidden", state="applied")

    team = sign_in(MemberFactory(city=None, team_role="coordinator"))

    assert team.get("/cities/hidden").status_code == 200
    hidden, none = visitor.get("/cities/hidden"), visitor.get("/cities/none")
    assert hidden.status_code == none.status_code
    assert hidden.status_code in (302, 404)


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
    city.declare_kind("mixed", ("transit",), "Both at once")

    assert city.kind_primary == "mixed"
    assert [d.primary for d in city.declarations] == ["recent", "mixed"]
