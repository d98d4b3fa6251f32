from math import asin, cos, radians, sin, sqrt

import pytest

from cityexchange.cities.models import City
from cityexchange.cities.paving import GLAZES, MOTIFS, classes_of, parts_of, paving_of
from cityexchange.core.db import db
from cityexchange.demo.content import read
from tests.factories import CityFactory

CITIES = read("cities")["cities"]
NEAR = 6


def paving_in(city):
    return paving_of(city["slug"], city["lat"], city["lon"])


def distance(one, other):
    """On a sphere, in its radius."""
    a, b = radians(one["lat"]), radians(other["lat"])
    across = radians(other["lon"] - one["lon"]) / 2
    return 2 * asin(sqrt(sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(across) ** 2))


@pytest.mark.no_app
@pytest.mark.parametrize("city", CITIES, ids=lambda city: city["slug"])
def test_no_city_has_the_paving_of_one_of_its_nearest(city):
    others = sorted((other for other in CITIES if other is not city), key=lambda other: distance(city, other))
    assert paving_in(city) not in map(paving_in, others[:NEAR])


@pytest.mark.no_app
def test_all_cities_of_the_community_have_a_paving_of_their_own():
    assert len(CITIES) == len({paving_in(city) for city in CITIES}) == 48


@pytest.mark.no_app
def test_a_paving_stays_what_it_was():
    lyon = paving_of("lyon", 45.7491, 4.8479)
    assert lyon == paving_of("another-name", 45.7491, 4.8479)
    assert classes_of(lyon) == "paving g1 m12"
    assert classes_of(paving_of("tangier", 35.7673, -5.7998)) == "paving g8 m10"


@pytest.mark.no_app
def test_where_nobody_knows_the_place_the_name_decides():
    assert paving_of("springfield", None, None) != paving_of("shelbyville", None, None)
    assert paving_of("springfield", None, 1.0) == paving_of("springfield", None, None)


@pytest.mark.no_app
def test_the_whole_world_has_stones_and_glazes_that_are_drawn():
    places = [(latitude, longitude) for latitude in range(-90, 91, 3) for longitude in range(-180, 181, 3)]
    found = {parts_of(paving_of("x", *place)) for place in places}
    assert {glaze for glaze, _ in found} == set(range(GLAZES))
    assert {motif for _, motif in found} == set(range(MOTIFS))


def test_a_city_that_gets_a_place_gets_its_paving():
    city = CityFactory(latitude=None, longitude=None)
    assert city.paving == paving_of(city.slug, None, None)
    city.latitude, city.longitude = 45.7491, 4.8479
    db.session.flush()
    assert city.paving == paving_of("lyon", 45.7491, 4.8479)


def test_a_row_that_is_written_past_the_session_has_its_paving():
    values = {"slug": "lyon", "name": "Lyon", "country": "FR", "region": "europe"}
    db.session.execute(db.insert(City).values(**values, latitude=45.7491, longitude=4.8479))
    paving = db.session.scalar(db.select(City.paving).where(City.slug == "lyon"))
    assert classes_of(paving) == "paving g1 m12"


def test_the_head_of_a_city_and_its_card_show_its_paving(visitor):
    CityFactory(slug="lyon", name="Lyon", latitude=45.7491, longitude=4.8479)
    db.session.commit()
    assert 'class="band paving g1 m12"' in visitor.get("/cities/lyon").text
    assert 'class="city-tile paving g1 m12"' in visitor.get("/cities").text
