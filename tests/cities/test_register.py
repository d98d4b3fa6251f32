"""The register beside the library that it is made of, asked as people type."""

import tracemalloc

import pytest

from cityexchange.cities.register import making, place, search
from cityexchange.cities.register.making import region_of
from cityexchange.cities.sizes import BANDS, size_band
from cityexchange.core.folding import fold

GENEVA = 2660646


@pytest.mark.parametrize(
    "typed",
    [
        "Geneva",
        "Genève",
        "geneve",
        " GENÈVE ",
        "gene\u0300ve",
        "جنيف",
        "Женева",
        "женева",
        "日内瓦",
        "Γενεύη",
        "Ginebra",
        "ジュネーヴ",
    ],
)
def test_a_city_is_found_by_any_of_its_names_in_any_script(typed):
    assert search(typed)[0].geonameid == GENEVA


def test_a_place_tells_what_an_application_needs():
    geneva = place(GENEVA)

    assert (geneva.name, geneva.country, geneva.region, geneva.timezone) == (
        "Geneva",
        "CH",
        "europe",
        "Europe/Zurich",
    )
    assert (geneva.latitude, geneva.longitude, geneva.population) == (46.20222, 6.14569, 201741)
    assert geneva.size_band == "to_250k"
    assert place(1) is None


def test_exact_names_stand_before_beginnings_and_larger_cities_before_smaller_ones():
    found = search("Tunis")
    assert found[0].geonameid == 2464470

    lyons = search("San")
    exact = [one for one in lyons if "san" in map(fold, (one.name, *one.names))]
    assert exact == lyons[: len(exact)]
    beginnings = lyons[len(exact) :]
    assert beginnings == sorted(beginnings, key=lambda one: -one.population)


def test_a_later_word_of_a_name_finds_it_too():
    assert 5128581 in [one.geonameid for one in search("york city")]


def test_an_airports_code_stands_behind_the_names():
    assert search("SAN")[0].name == "San"


def test_as_many_answers_as_were_asked_for_and_none_for_nothing():
    assert len(search("san", most=3)) == 3
    assert search("") == search("  -'") == search("nowhere at all") == []
    assert search("a" * 5_000) == []


def test_signs_of_the_query_language_are_only_signs():
    assert search("%") == search("_") == search("' OR 1=1 --") == []


def test_what_a_city_is_called_in_the_readers_language_is_told_where_it_is_known():
    geneva, tunis = place(GENEVA), place(2464470)

    assert [geneva.name_in(code) for code in ("ar", "ru", "zh", "en")] == [
        "جنيف",
        "Женева",
        "日内瓦",
        "Geneva",
    ]
    assert (tunis.name_in("es"), tunis.native) == ("Túnez", "تونس")
    assert place(2530335).name_in("ru") == "Tangier", (
        "three names in Russian letters: nobody can tell which one is Russian"
    )


def test_a_hit_says_which_name_was_meant():
    geneva = place(GENEVA)

    assert (geneva.called("Женев"), geneva.called("geneve"), geneva.called("gene")) == (
        "Женева",
        "Genève",
        "Geneva",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São Paulo", "sao paulo"),
        ("Łódź", "lodz"),
        ("Saint-Denis", "saint denis"),
        ("N’Djamena", "n'djamena"),
        ("القاهرة", "القاهره"),
        ("İzmir", "izmir"),
        ("Straße", "strasse"),
    ],
)
def test_names_are_compared_as_people_type_them(one, other):
    assert fold(one) == fold(other)


def test_each_city_of_the_library_is_in_it():
    for geonameid in (2660646, 2464470, 2530335, 1816670, 524901, 3530597):
        assert place(geonameid).geonameid == geonameid
    assert {
        region_of("MA", "AF"),
        region_of("LB", "AS"),
        region_of("KZ", "AS"),
        region_of("MX", "NA"),
        region_of("NZ", "OC"),
    } == {
        "africa",
        "arab_states",
        "europe",
        "latin_america",
        "asia_pacific",
    }


def test_size_bands_have_their_limits():
    assert [size_band(one) for one in (None, 0, 49_999, 50_000, 999_999, 1_000_000, 9_000_000)] == [
        "",
        "",
        BANDS[0],
        BANDS[1],
        BANDS[2],
        BANDS[3],
        BANDS[4],
    ]


def test_a_search_leaves_nothing_in_memory():
    search("Lyon")
    tracemalloc.start()
    search("a", most=100)
    left, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert left < 50_000
    assert most < 1_000_000


def test_what_is_made_twice_is_the_same_to_the_letter():
    city = {"name": "A", "alternatenames": ["Б", "ب", "B"], "countrycode": "TN", "timezone": "Africa/Tunis"}
    assert making.in_languages(city, ["ru", "ar"], making.Zones()) == ({"ru": "Б", "ar": "ب"}, "ب")
