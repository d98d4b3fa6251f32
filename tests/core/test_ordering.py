"""Names stand where somebody who reads the page in their own language looks for them, on every database and over pages too."""

import re

import pytest
from sqlalchemy import select

from cityexchange.cities.labels import country_choices
from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.ordering import by_name, in_order
from cityexchange.languages.choices import language_choices
from cityexchange.membership.views import organisations
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, SpaceFactory
from tests.forums.factories import ForumFactory

pytestmark = pytest.mark.every_database
NAMES = [
    "Zürich",
    "Sfax",
    "São Paulo",
    "تونس",
    "Łódź",
    "Lyon",
    "москва",
    "上海",
    "Éfeso",
    "أمان",
    "İzmir",
    "Œdenburg",
]
LATIN = ["Éfeso", "İzmir", "Łódź", "Lyon", "Œdenburg", "São Paulo", "Sfax", "Zürich"]
ORDERS = {
    "en": [*LATIN, "москва", "أمان", "تونس", "上海"],
    "ar": ["أمان", "تونس", *LATIN, "москва", "上海"],
    "ru": ["москва", *LATIN, "أمان", "تونس", "上海"],
    "zh": ["上海", *LATIN, "москва", "أمان", "تونس"],
}


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        *ORDERS.items(),
        ("es", ["Ávila", "Nápoles", "Nuevo", "Ñandú", "Oaxaca"]),
        ("fr", ["Estonie", "Éthiopie", "Fidji", "Œuvre", "Oman"]),
        ("ru", ["Ежи", "Ёлка", "Жук", "Исландия", "Йемен", "Казахстан"]),
        ("zh", ["阿根廷", "澳大利亚", "巴西", "法国", "上海", "中国"]),
        ("ar", ["إربد", "الأردن", "أمان", "بيروت", "تونس"]),
        ("en", ["a", "B", "c"]),
        ("en", ["Coté", "Côte", "Cotf"]),
    ],
)
def test_a_list_at_hand_is_in_the_order_of_its_language(locale, names):
    assert by_name(reversed(names), str, locale) == names
    assert by_name(sorted(names), str, locale) == names


@pytest.mark.parametrize(("locale", "names"), ORDERS.items())
def test_a_database_orders_them_so_too(locale, names):
    for name in NAMES:
        CityFactory(name=name)
    db.session.flush()
    found = db.session.scalars(
        select(City.name).where(City.name.in_(NAMES)).order_by(*in_order(City, locale))
    )
    assert found.all() == names


@pytest.mark.parametrize(("locale", "names"), ORDERS.items())
def test_so_does_the_directory(visitor, locale, names):
    for name in NAMES:
        CityFactory(name=name)
    db.session.commit()
    page = visitor.get(f"/cities?lang={locale}").text
    assert re.findall(r'class="city-tile[^>]*><b><bdi>([^<]*)</bdi>', page) == names


@pytest.mark.parametrize("locale", ORDERS)
def test_pages_of_a_list_follow_one_another_and_leave_nothing_out(sign_in, monkeypatch, locale):
    monkeypatch.setattr(organisations, "LINES", 5)
    for name in NAMES:
        OrganisationFactory(name=name)
    browser, seen, address = sign_in(MemberFactory()), [], f"/organisations?lang={locale}"
    for _page in range(3):
        page = browser.get(address).text
        seen += [name for name in re.findall(r">\s*([^<>]+?)\s*</", page) if name in NAMES]
        further = re.findall(r'href="([^"]*)" rel="next"|rel="next" href="([^"]*)"', page)
        address = "".join(further[0]).replace("&amp;", "&") if further else address
    assert seen == ORDERS[locale]


def test_people_and_spaces_stand_in_this_order(sign_in):
    city = CityFactory(slug="lyon", name="Lyon")
    people = [MemberFactory(name=name, city=city) for name in ("Zoë", "Łucja", "Émile", "Luc", "أحمد")]
    for name in ("Sfax", "São Paulo"):
        ForumFactory(space=SpaceFactory(name=name, confidentiality="members"))
    browser = sign_in(people[0])
    page = browser.get("/cities/lyon?lang=fr").text
    where = [
        page.index(f">{name}<", page.index("<main")) for name in ("Émile", "Luc", "Łucja", "Zoë", "أحمد")
    ]
    assert where == sorted(where)
    for address in ("/spaces", "/forums"):
        page = browser.get(address).text
        assert page.index("São Paulo") < page.index("Sfax")


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        ("fr", ["Estonie", "Éthiopie", "Fidji"]),
        ("ru", ["Иран", "Йемен", "Кабо-Верде"]),
        ("zh", ["巴西", "法国", "中国"]),
    ],
)
def test_choices_of_countries_and_languages_do(locale, names):
    words = [words for _, words in country_choices(locale)]
    assert [word for word in words if word in names] == names
    if locale == "fr":
        written = [words for _, words in language_choices(locale)]
        assert (
            written.index("géorgien")
            < written.index("grec")
            < written.index("hébreu")
            < written.index("hindi")
        )


@pytest.mark.parametrize("locale", ORDERS)
def test_forums_of_one_place_stand_in_this_order_too(visitor, locale):
    space = SpaceFactory(confidentiality="public", name="The space")
    for name in reversed(NAMES):
        ForumFactory(space=space, name=name, position=1)
    ForumFactory(space=space, name="zz first", position=0)
    for page in ("/forums", f"/spaces/{space.slug}"):
        text = visitor.get(f"{page}?lang={locale}").text
        places = {name: text.find(f">{name}<") for name in ("zz first", *NAMES)}
        assert min(places.values()) > 0, places
        assert sorted(places, key=places.__getitem__) == ["zz first", *ORDERS[locale]]
