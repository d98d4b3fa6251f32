"""Which city an address belongs to."""

import pytest

from cityexchange.cities.domains import EmailDomain, city_of_address, normal
from cityexchange.core.db import db
from tests.factories import CityFactory


@pytest.fixture
def lyon(app):
    city = CityFactory(name="Lyon")
    EmailDomain.claim(city, "lyon.example").verify(None)
    db.session.flush()
    return city


@pytest.mark.parametrize(
    "address", ["a@lyon.example", "A@LYON.EXAMPLE", "a@social.lyon.example", "a@lyon.example."]
)
def test_an_address_of_the_domain_or_of_a_part_of_it_is_the_citys(lyon, address):
    assert city_of_address(address) == lyon


@pytest.mark.parametrize(
    "address",
    ["a@notlyon.example", "a@lyon.example.evil.example", "a@example", "lyon.example", "", "a@l yon.example"],
)
def test_what_only_looks_alike_is_not(lyon, address):
    assert city_of_address(address) is None


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("faß.example", ["a@fass.example", "a@fab.example"]),
        ("βόλος.example", ["a@βόλοσ.example"]),
        ("هران\u200cای.example", ["a@هرانای.example"]),
        ("zürich.example", ["a@zurich.example", "a@zuerich.example"]),
    ],
)
def test_a_domain_of_letters_that_others_take_for_two_is_its_citys_alone(app, own, others):
    city = CityFactory()
    EmailDomain.claim(city, own).verify(None)
    db.session.flush()

    assert (
        city_of_address(f"a@{own}") == city == city_of_address(f"A@amt.{own.replace('example', 'EXAMPLE')}.")
    )
    assert [city_of_address(other) for other in others] == [None] * len(others)


def test_a_domain_that_nobody_has_checked_proves_nothing(app):
    EmailDomain.claim(CityFactory(), "sfax.example")
    db.session.flush()

    assert city_of_address("a@sfax.example") is None


def test_the_nearest_domain_counts(lyon):
    district = CityFactory()
    EmailDomain.claim(district, "district.lyon.example").verify(None)
    db.session.flush()

    assert city_of_address("a@district.lyon.example") == district
    assert city_of_address("a@lyon.example") == lyon


@pytest.mark.parametrize(
    "name",
    [
        "gmail.com",
        "@GMAIL.com",
        "hotmail.co.uk",
        "post.yahoo.com.br",
        "gov.uk",
        "gouv.fr",
        "com.br",
        "localhost",
        "",
        "with space.example",
    ],
)
def test_what_everybody_can_have_is_no_citys(app, name):
    with pytest.raises(ValueError):
        EmailDomain.claim(CityFactory(), name)


def test_a_domain_belongs_to_one_city(lyon):
    with pytest.raises(ValueError):
        EmailDomain.claim(CityFactory(), "Lyon.example")
    assert EmailDomain.claim(lyon, "LYON.example.").city == lyon


def test_names_in_other_scripts_are_compared_as_the_network_does():
    assert normal("Köln.example") == normal("xn--kln-sna.example")
