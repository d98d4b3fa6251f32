"""Under a text that is being written stands whom it names, as far as its writer may know."""

import pytest

from cityexchange.core.db import db
from tests.cities.factories import CityFactory
from tests.factories import MemberFactory, SpaceFactory, guest


@pytest.fixture
def nour():
    return MemberFactory(name="Nour <b>Ben Salah", handle="nour-ben-salah", city=CityFactory(name="Sfax"))


def called(browser, *names):
    return browser.get("/mentions/called", query_string={"name": names})


def test_names_and_cities_are_said_in_the_order_of_names(nour, sign_in):
    MemberFactory(name="Ana Authorly", handle="ana-authorly")
    page = called(sign_in(MemberFactory(locale="en")), "@nour-ben-salah", "＠Ana-Authorly", "@nobody").text
    assert "This text names:" in page
    assert "<bdi>Nour &lt;b&gt;Ben Salah</bdi> (<bdi>Sfax</bdi>)" in page
    assert page.index("Ana Authorly") < page.index("Nour") and "nobody" not in page


@pytest.mark.parametrize("names", [[], ["@nobody-here"], ["#sfax"], ["nour-ben-salah"], ["@" * 5000]])
def test_where_nobody_is_called_nothing_is_said(nour, sign_in, names):
    answer = called(sign_in(MemberFactory()), *names)
    assert answer.status_code == 200 and not answer.text.strip()


def test_guests_hear_of_those_whom_they_meet_and_visitors_of_nobody(nour, sign_in, visitor):
    space, observer = SpaceFactory(confidentiality="public", joining="open"), guest()
    browser = sign_in(observer)
    assert "Nour" not in called(browser, "@nour-ben-salah").text
    space.admit(observer)
    space.admit(nour)
    db.session.commit()
    assert "Nour" in called(browser, "@nour-ben-salah").text
    answer = visitor.get("/mentions/called?name=@nour-ben-salah", headers={"Accept": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize("state", ["locked", "anonymised", "deactivated"])
def test_who_takes_no_part_is_not_called(nour, sign_in, state):
    nour.state = state
    db.session.commit()
    assert not called(sign_in(MemberFactory()), "@nour-ben-salah").text.strip()


def test_it_is_one_question_for_all(nour, sign_in, count_queries):
    browser, counts = sign_in(MemberFactory()), []
    for names in (
        ["@nour-ben-salah"],
        ["@nour-ben-salah", *[f"@{MemberFactory().handle}" for _ in range(4)]],
    ):
        called(browser, *names)
        with count_queries() as queries:
            called(browser, *names)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_it_is_a_sentence_with_a_space_where_one_belongs(nour, sign_in):
    MemberFactory(name="Ana Authorly", handle="ana-authorly", city=None)
    page = called(sign_in(MemberFactory(locale="en")), "@nour-ben-salah", "@ana-authorly").text
    words = " ".join(page.replace("<bdi>", "").replace("</bdi>", "").split())
    assert words == "This text names: Ana Authorly · Nour &lt;b&gt;Ben Salah (Sfax)"
