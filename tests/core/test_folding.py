"""One fold for whoever looks for a name: as people type it who lack its keys, or leave out what stands between."""

import pytest

from cityexchange.cities.finding import cities_called, city_called, is_place
from cityexchange.cities.register import search
from cityexchange.core.db import db
from cityexchange.core.folding import LONGEST, are_alike, fold
from cityexchange.core.named import begins, holds, is_called
from cityexchange.organisations.models import Organisation
from tests.factories import CityFactory

SAME_FOLD = [
    ("Қарағанды", "Караганды"),
    ("Өскемен", "Оскемен"),
    ("Ұлытау", "Улытау"),
    ("Үржар", "Уржар"),
    ("Әуезов", "Ауезов"),
    ("Һәүбән", "Хаубан"),
    ("Маңғыстау", "Мангыстау"),
    ("Іле", "Иле"),
    ("Київ", "Киив"),
    ("Хоҷанд", "Хочанд"),
    ("Ғафур", "Гафур"),
    ("Җиңү", "Жину"),
    ("Өфө", "Офо"),
    ("Ҡаҙан", "Казан"),
    ("Љубљана", "Лублана"),
    ("Ґалаґан", "Галаган"),
    ("کرمان", "كرمان"),
    ("تهران", "تهران"),
    ("خانهٔ", "خانه"),
    ("سلێمانی", "سليماني"),
    ("لاہور", "لاهور"),
    ("ﻻهور", "لاهور"),
    ("القاهرة", "القاهره"),
    ("عليّ", "علی"),
]
ALIKE = [
    ("Zürich", "zuerich"),
    ("Zürich", "ZURICH"),
    ("Köln", "koeln"),
    ("Düsseldorf", "Duesseldorf"),
    ("Jyväskylä", "jyvaeskylae"),
    ("Straßburg", "strassburg"),
    ("Århus", "aarhus"),
    ("Aarhus", "Århus"),
    ("Tromsø", "tromsoe"),
    ("Tromsø", "tromso"),
    ("Ærøskøbing", "aeroeskoebing"),
    ("Đakovo", "djakovo"),
    ("Gəncə", "gence"),
    ("Gəncə", "ganca"),
    ("Saint-Étienne", "st etienne"),
    ("Saint-Étienne", "St. Étienne"),
    ("Saint-Étienne", "saintetienne"),
    ("Saint-Étienne", "stetienne"),
    ("Sankt Gallen", "saint gallen"),
    ("St. Pölten", "sankt poelten"),
    ("Sainte-Anne", "ste anne"),
    ("Fort Worth", "ft worth"),
    ("N’Djamena", "n djamena"),
    ("N'Djamena", "ndjamena"),
    ("L'Aquila", "l aquila"),
    ("L'Aquila", "laquila"),
    ("São Paulo", "saopaulo"),
    ("عبد الله", "عبدالله"),
    ("Нижний Новгород", "нижнийновгород"),
    ("Өскемен", "оскемен"),
]
APART = [
    ("Suez", "suz"),
    ("Quebec", "qubec"),
    ("Manuel", "manul"),
    ("Saint", "st"),
    ("Stockholm", "saint"),
    ("Manaus", "manas"),
    ("Aachen", "achen"),
    ("Goedereede", "godereede"),
    ("Москва", "Мосва"),
]


@pytest.mark.parametrize(("one", "other"), SAME_FOLD)
def test_letters_that_others_lack_are_what_they_type_for_them(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("name", "typed"), ALIKE)
def test_a_name_is_the_same_however_it_is_spelled(name, typed):
    city = CityFactory(name=name)

    assert are_alike(name, typed) and are_alike(typed, name)
    for asks in (begins, holds):
        assert db.session.scalars(db.select(type(city)).where(asks(type(city), typed))).all() == [city]
    assert city_called(typed) is city


@pytest.mark.parametrize(("name", "typed"), APART)
def test_and_another_name_is_another(name, typed):
    city = CityFactory(name=name)

    assert not are_alike(name, typed) and city_called(typed) is not city
    assert not db.session.scalars(db.select(type(city)).where(is_called(type(city), typed))).all()


@pytest.mark.parametrize(
    ("typed", "geonameid"),
    [
        ("zuerich", 2657896),
        ("st etienne", 2980291),
        ("saintetienne", 2980291),
        ("saint etienne", 2980291),
        ("n djamena", 2427123),
        ("ndjamena", 2427123),
        ("koeln", 2886242),
        ("goeteborg", 2711537),
        ("malmoe", 2692969),
        ("saopaulo", 3448439),
        ("караганды", 609655),
        ("қарағанды", 609655),
        ("оскемен", 1520316),
        ("newyork", 5128581),
        ("st gallen", 2658822),
        ("sankt gallen", 2658822),
        ("riodejaneiro", 3451190),
    ],
)
def test_the_register_is_asked_the_same_way(typed, geonameid):
    assert geonameid in [one.geonameid for one in search(typed)[:2]]


@pytest.mark.parametrize("typed", ["sana", "suz", "san a", "saint", "st"])
def test_what_is_typed_finds_what_begins_so_before_what_is_only_spelled_so(typed):
    """Half a word finds nothing that begins with two others, and short forms nothing that merely begins like them."""
    found = search(typed, most=5)
    assert found
    for one in found:
        names = [fold(name) for name in (one.name, *one.names)]
        assert any(f" {name}".find(f" {fold(typed)}") >= 0 for name in names), one.name


BEGUN = [
    ("saintet", "Saint-Étienne"),
    ("st eti", "Saint-Étienne"),
    ("saint e", "St. Étienne"),
    ("zuer", "Zürich"),
    ("muell", "Haus Müller"),
    ("müll", "Haus Mueller"),
    ("bensal", "Nour Ben Salah"),
    ("عبدالله", "محمد عبد الله"),
    ("عبد الله", "محمد عبدالله"),
    ("o bri", "O’Brien"),
    ("obri", "O’Brien"),
    ("кара", "Қарағанды"),
]


@pytest.mark.parametrize(("begun", "name"), BEGUN)
def test_what_is_begun_is_offered(begun, name):
    house = Organisation(name=name, slug="house", kind="partner")
    db.session.add_all([house, Organisation(name="Stockholm", slug="other", kind="partner")])
    db.session.flush()
    assert db.session.scalars(db.select(Organisation).where(begins(Organisation, begun))).all() == [house]


@pytest.mark.parametrize(
    ("begun", "name"),
    [("sana", "San Antonio"), ("suz", "Suez"), ("st", "Saint-Denis"), ("%", "A%"), ("_", "A_")],
)
def test_half_a_word_finds_no_two_others(begun, name):
    CityFactory(name=name)
    assert not db.session.scalars(db.select(Organisation).where(begins(Organisation, begun))).all()


class Endless(str):
    """What somebody sent who sends too much: whoever folds all of it is found out."""

    def casefold(self):
        raise AssertionError("all of it was folded")


LOOKED_FOR = {
    "in the middle of a name": lambda text: holds(Organisation, text),
    "at the beginning of a word": lambda text: begins(Organisation, text),
    "as a whole": lambda text: is_called(Organisation, text),
    "two names": lambda text: are_alike("Lyon", text),
    "in the register": search,
    "as a place is called": lambda text: search("Lyon")[0].called(text),
    "cities that take part": cities_called,
    "any city": is_place,
}


@pytest.mark.parametrize("how", LOOKED_FOR)
def test_of_what_is_looked_for_no_more_is_folded_than_a_name_has(app, how):
    LOOKED_FOR[how](Endless("é" * (LONGEST + 1)))
