"""A city bears the name of the language it is read in, wherever it stands; it is found under all its names, and listed by the one that is read."""

import json

import pytest

from cityexchange.cities.countries import countries_called
from cityexchange.cities.finding import cities_called
from cityexchange.cities.views import directory
from cityexchange.core.db import db
from cityexchange.core.i18n import LOCALES
from cityexchange.core.mail import OutgoingMail, queue_mail
from cityexchange.core.mail.letters import compose
from cityexchange.membership.bulk import judge, read
from cityexchange.workshops.amended import in_words
from tests.bookmarks.factories import keep
from tests.chat.factories import RoomFactory
from tests.cities.factories import themes
from tests.core.test_listing import walk
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.visits.factories import open_visit, sent_application
from tests.workshops.factories import WorkshopFactory

TANGIER = {"ar": "طنجة", "es": "Tánger", "fr": "Tanger", "ru": "Танжер", "zh": "丹吉尔"}
TILES = r"city-tile[^>]*><b><bdi>([^<]+)"


@pytest.fixture
def tangier():
    return CityFactory(
        slug="tangier", name="Tangier", names=TANGIER, country="MA", latitude=35.8, longitude=-5.8
    )


@pytest.fixture
def amina(tangier):
    return MemberFactory(name="Amina", handle="amina", city=tangier)


# ---- shown ----

PUBLIC = {
    "the start": lambda amina: "/",
    "the directory": lambda amina: "/cities",
    "its page": lambda amina: "/cities/tangier",
    "a theme": lambda amina: f"/themes/{offered(amina.city)}",
    "a topic": lambda amina: f"/topics/{asked_by(amina).id}",
    "a text that names it": lambda amina: f"/topics/{asked_by(MemberFactory(), text='As in #tangier').id}",
    "a board": lambda amina: f"/forums/{asked_by(amina).forum.slug}",
    "workshops": lambda amina: f"/workshops?{hosted(amina).id}",
    "a workshop": lambda amina: f"/workshops/{hosted(amina).id}",
    "its calendar": lambda amina: f"/workshops/{hosted(amina).id}.ics",
    "visits": lambda amina: f"/visits?{visited(amina).id}",
    "a visit": lambda amina: f"/visits/{visited(amina).id}",
    "asking for a place": lambda amina: "/join",
}
OF_MEMBERS = {
    "her own start": lambda amina: "/",
    "her page": lambda amina: f"/members/{amina.id}",
    "a room": lambda amina: f"/chat/rooms/{said_by(amina)}",
    "what she keeps": lambda amina: kept_by(amina),
    "the forms of a city": lambda amina: "/cities/tangier/names",
}


def offered(city):
    housing, *_ = themes("housing")
    city.offer(housing)
    return "housing"


def asked_by(member, **said):
    return start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")), member, **said)


def hosted(member):
    return WorkshopFactory(host_city_id=member.city.id, is_open=True)


def visited(member):
    visit = open_visit()
    visit.host_city = member.city
    return visit


def said_by(member):
    room = RoomFactory()
    room.post(member, "Hello all")
    return room.id


def kept_by(member):
    keep(member, hosted(member))
    return "/bookmarks"


def read_in(browser, address, locale):
    page = browser.get(f"{address}{'&' if '?' in address else '?'}lang={locale}")
    assert page.status_code == 200
    return page.text.replace("\\,", ",")


@pytest.mark.parametrize("locale", ["ar", "zh", "en"])
@pytest.mark.parametrize("where", PUBLIC)
def test_visitors_read_its_name_in_their_language(visitor, amina, where, locale):
    page = read_in(visitor, PUBLIC[where](amina), locale)
    assert TANGIER.get(locale, "Tangier") in page
    assert locale == "en" or "Tangier" not in page


@pytest.mark.parametrize("locale", ["ru", "es", "en"])
@pytest.mark.parametrize("where", OF_MEMBERS)
def test_members_read_its_name_in_theirs(sign_in, amina, where, locale):
    amina.city.state, amina.seat.role = "active", "city_focal_point"
    page = read_in(sign_in(amina), OF_MEMBERS[where](amina), locale)
    assert TANGIER.get(locale, "Tangier") in page


@pytest.mark.parametrize("where", ["/cities/map", "/mentions?q=%23tan", "/mentions?q=@ami"])
def test_what_scripts_ask_is_in_the_language_of_their_page(sign_in, amina, where):
    assert "丹吉尔" in json.dumps(read_json(sign_in(amina), where, "zh"), ensure_ascii=False)


def read_json(browser, address, locale):
    browser.get(f"/cities?lang={locale}")
    return browser.get(address).json


MAILS = {
    "membership/dormant": {},
    "membership/incomplete": {"until": "2027-01-02"},
    "membership/charter_due": {"until": "2027-01-02", "version": 2},
    "membership/moved_away": {"name": "Zoe"},
    "membership/accepted": {},
    "identity/changed": {"by": "Zoe"},
}


@pytest.mark.parametrize("template", MAILS)
@pytest.mark.parametrize("locale", ["ar", "fr", "en"])
def test_a_mail_says_it_in_the_recipients_language(tangier, template, locale):
    member = MemberFactory(city=tangier, role="city_focal_point", locale=locale)
    letter = compose(queue_mail("one", member, template, tangier, **MAILS[template]))
    for part in (letter.subject, letter.text, letter.html):
        assert TANGIER.get(locale, "Tangier") in part
        assert locale == "en" or "Tangier" not in part


def test_of_what_may_be_gone_when_a_mail_is_sent_the_name_is_taken_in_the_recipients_language(amina):
    application = sent_application(open_visit(), amina)
    team = application.visit.host_city.id
    for host in db.session.scalars(db.select(type(amina))):
        host.locale = "zh" if host.city and host.city.id == team else "en"
    application.withdraw(amina)
    told = db.select(OutgoingMail).filter_by(template="visits/application_withdrawn")
    mails = db.session.scalars(told).all()
    assert mails and {mail.facts["city"] for mail in mails} == {"丹吉尔"}


@pytest.mark.parametrize(("locale", "words"), [("ar", "طنجة"), ("fr", "Tanger"), ("en", "Tangier")])
def test_a_host_that_changed_is_told_in_the_language_of_who_is_told(app, tangier, locale, words):
    change = {"what": "host_city", "before": "Tunis", "after": tangier.called.kept}
    with app.test_request_context(f"/?lang={locale}"):
        [told] = in_words([change], "UTC")
    assert (told.before, told.after) == (("Tunis",), (words,))  # the first was kept before cities had names


def test_a_new_name_stands_on_pages_that_were_in_memory(visitor, amina):
    addresses = [PUBLIC[where](amina) for where in ("the start", "a topic", "a workshop", "the directory")]
    assert all("Tanger" in read_in(visitor, address, "fr") for address in addresses)

    amina.city.names = {"fr": "Tanja"}

    for address in addresses:
        page = read_in(visitor, address, "fr")
        assert "Tanja" in page and "Tanger" not in page


def test_a_city_without_other_names_is_called_by_its_one_name_everywhere(visitor):
    CityFactory(slug="lyon", name="Lyon")
    for locale in LOCALES:
        assert "Lyon" in read_in(visitor, "/cities/lyon", locale)


# ---- found ----

TYPED = ["Tangier", "طنجة", "طنجه", "丹吉尔", "丹吉", "Танжер", "танж", "tanger", "TÁNGER", " Tange"]


@pytest.mark.parametrize("typed", TYPED)
def test_the_directory_and_the_list_while_one_types_find_it_under_each_name(sign_in, tangier, typed):
    CityFactory(name="Lyon")
    browser = sign_in(MemberFactory())
    assert walk(browser, f"/cities?q={typed}", TILES) == [["Tangier"]]
    found = browser.get("/mentions", query_string={"q": f"#{typed}"}).json
    assert [one["insert"] for one in found] == ["#tangier"]


@pytest.mark.parametrize("typed", ["Tangier", "طنجة", "丹吉尔", "Танжер", "tanger", "TÁNGER"])
def test_who_writes_it_whole_means_it(tangier, typed):
    line = judge(read(f"city,name,email\n{typed},Zoe,zoe@tangier.example"))[0]
    assert cities_called(typed) == [tangier] == [line.city]


@pytest.mark.parametrize("typed", ["رباط", "الرباط", "Рабат", "拉巴特"])
def test_an_arabic_name_is_found_with_its_article_and_without(visitor, typed):
    CityFactory(name="Rabat", names={"ar": "الرباط", "ru": "Рабат", "zh": "拉巴特"})
    CityFactory(name="Lyon")
    assert walk(visitor, f"/cities?q={typed}", TILES) == [["Rabat"]]


@pytest.mark.parametrize("typed", ["Morocco", "maroc", "Marruecos", "المغرب", "Марокко", "摩洛哥"])
def test_a_country_is_found_by_its_names_in_all_languages(visitor, tangier, typed):
    CityFactory(name="Lyon")
    assert walk(visitor, f"/cities?q={typed}", TILES) == [["Tangier"]]


@pytest.mark.parametrize("typed", ["M", "New", "X", "%", "زز", ""])
def test_half_a_country_is_none(typed):
    assert countries_called(typed) == set()


# ---- sorted ----

CITIES = {
    "Tangier": TANGIER,
    "Athens": {"ar": "أثينا", "es": "Atenas", "fr": "Athènes", "ru": "Афины", "zh": "雅典"},
    "Vienna": {"ar": "فيينا", "es": "Viena", "fr": "Vienne", "ru": "Вена", "zh": "维也纳"},
    "Berlin": {"ar": "برلين", "es": "Berlín", "fr": "Berlin", "ru": "Берлин", "zh": "柏林"},
    "Lyon": {"ar": "ليون", "ru": "Лион", "zh": "里昂"},
}
ORDERS = {
    "en": ["Athens", "Berlin", "Lyon", "Tangier", "Vienna"],
    "fr": ["Athènes", "Berlin", "Lyon", "Tanger", "Vienne"],
    "ru": ["Афины", "Берлин", "Вена", "Лион", "Танжер"],
    "zh": ["柏林", "丹吉尔", "里昂", "维也纳", "雅典"],
    "ar": ["أثينا", "برلين", "طنجة", "فيينا", "ليون"],
}


@pytest.mark.parametrize("locale", ORDERS)
def test_lists_are_in_the_order_of_the_language_over_pages_too(visitor, monkeypatch, locale):
    for name, names in CITIES.items():
        offered(CityFactory(name=name, names=names, latitude=1.0, longitude=2.0))
    monkeypatch.setattr(directory, "LINES", 2)
    visitor.get(f"/cities?lang={locale}")

    names = ORDERS[locale]
    assert sum(walk(visitor, "/cities", TILES), []) == names
    assert [one["name"] for one in visitor.get("/cities/map").json] == names
    for address in ("/themes/housing", "/join"):
        page = visitor.get(address).text
        places = [page.index(name) for name in names]
        assert places == sorted(places)
