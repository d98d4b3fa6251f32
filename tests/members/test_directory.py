"""A colleague who knows about it is found and asked: by name, by what one wants to ask, by city, theme, language and role."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.members import directory
from cityexchange.spaces.models import Membership
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory, guest
from tests.forums.factories import ForumFactory
from tests.members.test_settings import GOOD


@pytest.fixture
def people():
    """Their names by key."""
    education, housing = ThemeFactory(key="education"), ThemeFactory(key="housing")
    lyon, sfax = CityFactory(name="Lyon"), CityFactory(name="Sfax", country="TN")
    return {
        "claire": MemberFactory(
            name="Claire Dubois", city=lyon, role="city_focal_point", ask_themes=[education],
            languages_read=["fr", "en"], job_title="Head of reception", handle="claire-dubois",
        ),
        "nour": MemberFactory(
            name="نور بن صالح", city=sfax, languages_read=["ar", "fr"], ask_themes=[housing],
            asks_line="Comment loger des étudiants à l'été",
        ),
        "lukasz": MemberFactory(name="Łukasz Żak", city=CityFactory(name="Łódź"), languages_read=["pl"]),
        "li": MemberFactory(name="李明", city=CityFactory(name="Yiwu"), languages_read=["zh"]),
        "team": MemberFactory(name="Tea Mann", city=None, team_role="coordinator", languages_read=["en"]),
    }  # fmt: skip


@pytest.fixture
def browser(sign_in, people):
    return sign_in(MemberFactory(name="Reader Self", languages_read=["sv"], city=CityFactory(name="Malmö")))


def found(browser, query=""):
    page = browser.get(f"/people{query}")
    assert page.status_code == 200
    return re.findall(r'row__title">\s*<a href="/members/\d+" dir="auto">([^<]+)</a>', page.text)


ALL = ["Claire Dubois", "Łukasz Żak", "Reader Self", "Tea Mann", "نور بن صالح", "李明"]


def test_all_stand_there_by_name(browser):
    assert found(browser) == ALL


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("q=claire", ["claire"]),
        ("q=DUBOIS+cl", ["claire"]),
        ("q=lukasz", ["lukasz"]),
        ("q=żak", ["lukasz"]),
        ("q=نور", ["nour"]),
        ("q=明", ["li"]),
        ("q=school+enrolment", ["claire"]),
        ("q=inscription+scolaire", ["claire"]),
        ("q=التعليم", ["claire"]),
        ("q=ETUDIANTS+loger", ["nour"]),
        ("city=lyon", ["claire"]),
        ("city=lodz", ["lukasz"]),
        ("theme=housing", ["nour"]),
        ("language=fr", ["claire", "nour"]),
        ("language=ar", ["nour"]),
        ("role=city_focal_point", ["claire"]),
        ("role=coordinator", ["team"]),
        ("language=fr&theme=education&city=Lyon", ["claire"]),
        ("language=ar&theme=education", []),
        ("q=Nobody+Here", []),
        ("q=%F0%9F%98%80", []),
        ("q=%25", []),
        ("q=_", []),
    ],
)
def test_whoever_is_looked_for_is_found(browser, people, query, who):
    assert found(browser, f"?{query}") == [people[key].name for key in who]


@pytest.mark.parametrize("query", ["theme=weather", "role=king", "language=%22", "q=+", "nothing=x", "q=%00"])
def test_what_nobody_knows_narrows_nothing_or_finds_nobody(browser, query):
    assert found(browser, f"?{query}") in (ALL, [])


def test_a_line_says_who_it_is_and_leads_to_a_question(browser):
    page = browser.get("/people?q=school+enrolment").text

    for words in ("Lyon", "City focal point", "Head of reception", "French", "/themes/education"):
        assert words in page
    assert "/ask?mention=@claire-dubois&amp;theme=education" in page
    ForumFactory()
    form = browser.get("/ask?mention=@claire-dubois&theme=education").text
    assert "@claire-dubois:" in form


def test_nobody_is_led_to_ask_themselves(sign_in, people):
    assert "mention=@claire" not in sign_in(people["claire"]).get("/people?q=claire").text


def test_where_nobody_is_found_the_forum_is_the_next_step(browser):
    page = browser.get("/people?q=Nobody+Here&theme=housing").text
    assert "Nobody found" in page and 'href="/ask?title=Nobody+Here&amp;theme=housing"' in page


def test_what_was_chosen_stays_chosen_on_the_next_page(browser, monkeypatch):
    monkeypatch.setattr(directory, "LINES", 1)
    first = browser.get("/people?language=fr").text
    on = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert "language=fr" in on and '<option value="fr" selected>' in first
    assert found(browser, on.removeprefix("/people")) == ["نور بن صالح"]


def test_the_readers_own_script_comes_first(browser):
    assert found(browser, "?lang=ar")[0] == "نور بن صالح"
    assert found(browser, "?lang=zh")[0] == "李明"


def test_visitors_are_asked_to_sign_in(visitor, people):
    answer = visitor.get("/people")
    assert answer.status_code == 302 and "/sign-in" in answer.location


def test_guests_find_those_they_meet_alone(sign_in, people):
    mona, space = guest(name="Mona"), SpaceFactory()
    assert found(sign_in(mona)) == ["Mona"]
    for one in (mona, people["nour"]):
        db.session.add(Membership(space=space, member=one))
    db.session.commit()
    assert found(sign_in(mona)) == ["Mona", "نور بن صالح"]
    assert found(sign_in(mona), "?city=Lyon") == []


@pytest.mark.parametrize("state", ["invited", "pending", "locked", "deactivated", "anonymised"])
def test_who_is_not_here_is_not_listed(browser, people, state):
    people["claire"].state = state
    db.session.commit()
    assert "Claire Dubois" not in found(browser)


def test_a_seat_that_has_ended_finds_nobody(browser, people):
    people["claire"].seat.end()
    db.session.commit()
    assert found(browser, "?city=lyon") == found(browser, "?role=city_focal_point") == []


def test_who_chose_so_stands_in_no_list_and_is_still_seen(browser, people, sign_in):
    claire = people["claire"]
    places = ("/people", "/themes/education", f"/cities/{claire.city.slug}")
    assert all("Claire Dubois" in browser.get(place).text for place in places)

    own = sign_in(claire)
    assert (
        own.post(
            "/settings",
            data=GOOD | {"name": "Claire Dubois", "ask_themes": ["education"], "is_unlisted": "y"},
        ).status_code
        == 303
    )

    assert not [place for place in places if "Claire Dubois" in browser.get(place).text]
    assert "Claire Dubois" in browser.get(f"/members/{claire.id}").text
    (box,) = re.findall(r'<input[^>]*name="is_unlisted"[^>]*>', own.get("/settings").text)
    assert " checked" in box
    own.post("/settings", data=GOOD | {"name": "Claire Dubois"})
    assert "Claire Dubois" in found(browser)


def test_one_gets_there_from_the_cities_and_from_a_theme(browser, visitor):
    assert 'href="/people"' in browser.get("/cities").text
    assert 'href="/people?theme=education"' in browser.get("/themes/education").text
    assert 'href="/people"' not in visitor.get("/cities").text
