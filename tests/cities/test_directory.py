"""The directory: every condition narrows, all together, and the map says the same as the list."""

import re

import pytest

from cityexchange.core.db import db
from tests.cities.factories import themes
from tests.factories import CityFactory, MemberFactory


def names(page):
    return re.findall(r'class="city-tile [^>]*><b><bdi>([^<]*)</bdi>', page.text)


@pytest.fixture
def cities():
    housing, health = themes("housing", "health")
    lyon = CityFactory(
        name="Lyon", country="FR", region="europe", working_languages=["fr"], latitude=45.7, longitude=4.8
    )
    lyon.declare_kind("traditional")
    lyon.offer(housing)
    sfax = CityFactory(
        name="Sfax",
        country="TN",
        region="africa",
        working_languages=["ar", "fr"],
        latitude=34.7,
        longitude=10.7,
    )
    sfax.declare_kind("recent", ["transit"])
    sfax.need(housing)
    sfax.offer(health)
    db.session.flush()
    return lyon, sfax


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Lyon", "Sfax"]),
        ("kind=traditional", ["Lyon"]),
        ("kind=transit", ["Sfax"]),
        ("kind=nonsense", []),
        ("region=africa", ["Sfax"]),
        ("language=fr", ["Lyon", "Sfax"]),
        ("language=ar", ["Sfax"]),
        ("language=f", []),
        ("theme=housing", ["Lyon", "Sfax"]),
        ("offer=housing", ["Lyon"]),
        ("need=housing", ["Sfax"]),
        ("need=housing&language=ar&region=africa&kind=recent&offer=health&q=sf", ["Sfax"]),
        ("need=housing&region=europe", []),
    ],
)
def test_conditions_narrow_one_by_one_and_together(visitor, cities, asked, found):
    assert names(visitor.get(f"/cities?{asked}")) == found
    assert sorted(one["name"] for one in visitor.get(f"/cities/map?{asked}").json) == found


@pytest.mark.parametrize("typed", ["Genève", "женева", "日内瓦", "جنيف", "gene"])
def test_a_city_is_found_by_the_names_of_the_register_too(visitor, cities, typed):
    CityFactory(name="Geneva", geonameid=2660646)

    assert names(visitor.get("/cities", query_string={"q": typed})) == ["Geneva"]


def test_each_choice_says_how_many_cities_meet_it_and_none_leads_nowhere(visitor, cities):
    page = visitor.get("/cities").text

    assert '<option value="fr">French (2)</option>' in page
    assert '<option value="transit">Transit city (1)</option>' in page
    assert 'value="origin"' not in page


def test_what_hidden_cities_say_is_not_counted(visitor, sign_in, cities):
    CityFactory(state="suspended", working_languages=["mi"]).offer(themes("mediation")[0])

    seen = visitor.get("/cities").text
    assert 'value="mi"' not in seen
    assert 'value="mediation"' not in seen
    assert 'value="mi"' in sign_in(MemberFactory(city=None, team_role="coordinator")).get("/cities").text


def test_cities_that_are_at_work_come_first_and_the_others_say_what_they_are(visitor):
    for name, state in (("A", "applied"), ("B", "dormant"), ("C", "verified"), ("D", "active")):
        CityFactory(name=name, state=state)
    page = visitor.get("/cities")

    assert names(page) == ["D", "C", "B", "A"]
    assert all(word in page.text for word in ("Applied", "Dormant", "Verified"))


def test_page_by_page_every_city_comes_once(visitor, monkeypatch):
    monkeypatch.setattr("cityexchange.cities.views.directory.LINES", 2)
    for number, state in enumerate(["active", "applied", "active", "verified", "active"]):
        CityFactory(name=f"Town {number}", state=state)
    address, seen = "/cities?language=", []
    while address:
        page = visitor.get(address)
        seen += names(page)
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = following[1].replace("&amp;", "&") if following else None

    assert seen == ["Town 0", "Town 2", "Town 4", "Town 3", "Town 1"]


def test_each_condition_can_be_taken_away_and_all_at_once(visitor, cities):
    page = visitor.get("/cities?need=housing&region=europe").text

    assert "No city fits" in page
    assert 'href="/cities?need=housing"' in page
    assert 'href="/cities?region=europe"' in page
    assert "Clear all" in page


def test_cities_without_a_known_place_are_in_the_list_alone(visitor):
    CityFactory(name="Nowhere")

    assert names(visitor.get("/cities")) == ["Nowhere"]
    assert visitor.get("/cities/map").json == []


def test_the_map_shows_no_hidden_city(visitor):
    CityFactory(name="Hidden", state="suspended", latitude=1.0, longitude=1.0)
    CityFactory(name="Shown", state="applied", latitude=1.0, longitude=1.0)

    assert [one["name"] for one in visitor.get("/cities/map").json] == ["Shown"]


def test_the_directory_costs_as_much_for_many_cities(visitor, count_queries, cities):
    visitor.get("/cities")
    counts = []
    for _ in range(2):
        for _ in range(5):
            CityFactory().offer(themes("housing")[0])
        with count_queries() as statements:
            visitor.get("/cities?offer=housing&q=city")
        counts.append(len(statements))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "asked", ["q=%25", "q=_", "language=%25", "kind=%22", "after=nonsense", "theme=x%27"]
)
def test_signs_of_the_query_language_find_nothing_more(visitor, cities, asked):
    page = visitor.get(f"/cities?{asked}")

    assert page.status_code == 200
    assert len(names(page)) in (0, 2)
    assert not names(page) or asked.startswith("after")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Montreal", "Montréal"),
        ("medellin", "Medellín"),
        ("SAO PAULO", "São Paulo"),
        ("saint denis", "Saint-Denis"),
        ("Lodz", "Łódź"),
        ("izmir", "İzmir"),
        ("الاسكندرية", "الإسكندرية"),
        ("اسكندريه", "الإسكندرية"),
        ("Орел", "Орёл"),
        ("da nang", "Đà Nẵng"),
        ("Giessen", "Gießen"),
    ],
)
def test_a_city_without_a_place_in_the_register_is_found_as_people_type_it(visitor, asked, name):
    CityFactory(name=name, geonameid=None)
    CityFactory(name="Elsewhere", geonameid=None)
    db.session.commit()
    assert names(visitor.get("/cities", query_string={"q": asked})) == [name]
