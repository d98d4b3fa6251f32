"""Where cities stand on the world of dots."""

import math
from pathlib import Path

import pytest

from cityexchange.cities.projection import HEIGHT, STEP, WIDTH, place
from cityexchange.cities.world import Dot, far, near, who_answered_whom
from deploy import world as drawing

PLACES = {
    "Lyon": (45.7, 4.8),
    "Villeurbanne": (45.77, 4.88),
    "Honolulu": (21.3, -157.9),
    "Apia": (-13.8, -171.8),
    "Wellington": (-41.3, 174.8),
    "Ushuaia": (-54.8, -68.3),
    "Tromsø": (69.6, 18.9),
}
CITIES = [Dot(id, name.lower(), name, *at) for id, (name, at) in enumerate(PLACES.items())]


def at(name, map):
    return next((spot.x, spot.y) for spot in map.spots if spot.name == name)


@pytest.mark.no_app
@pytest.mark.parametrize("name", PLACES)
def test_each_city_stands_where_it_lies(name):
    assert math.dist(at(name, far(CITIES)), place(*PLACES[name])) <= STEP


@pytest.mark.no_app
def test_east_is_right_north_is_up_and_all_is_within_the_picture():
    map = far(CITIES)
    assert at("Honolulu", map)[0] < at("Ushuaia", map)[0] < at("Lyon", map)[0] < at("Wellington", map)[0]
    assert at("Tromsø", map)[1] < at("Lyon", map)[1] < at("Ushuaia", map)[1]
    assert all(0 <= spot.x <= WIDTH and 0 <= spot.y <= HEIGHT for spot in map.spots)


@pytest.mark.no_app
def test_two_neighbours_are_both_seen_and_nobody_moves_when_another_comes():
    assert at("Lyon", far(CITIES)) != at("Villeurbanne", far(CITIES))
    assert at("Lyon", far(CITIES)) == at("Lyon", far(CITIES[:1]))


@pytest.mark.no_app
def test_names_that_always_show_do_not_cover_each_other():
    map = near(CITIES[:2])

    assert [spot.is_told for spot in map.spots] == [True, True]
    one, other = map.spots
    assert (one.anchor, one.line) != (other.anchor, other.line)


@pytest.mark.no_app
def test_a_near_map_holds_its_cities_and_is_no_more_than_it_has_to_be():
    left, top, width, height = near(CITIES[:2]).box
    assert left < at("Lyon", near(CITIES[:2]))[0] < left + width < WIDTH
    assert top < at("Lyon", near(CITIES[:2]))[1] < top + height
    assert near(CITIES).box[2] > width
    assert near([]) is None


@pytest.mark.no_app
def test_who_answered_most_stands_first():
    pairs = who_answered_whom(CITIES, {(0, 1): 1, (2, 3): 5, (2, 4): 1, (0, 99): 9})

    assert [(asked.slug, [city.slug for city in others]) for asked, others in pairs.lines] == [
        ("honolulu", ["apia", "wellington"]),
        ("lyon", ["villeurbanne"]),
    ]
    assert pairs.cities == 5


@pytest.mark.no_app
def test_the_land_is_what_the_command_draws():
    assert Path(drawing.PICTURE).read_text("utf-8") == drawing.drawing()
