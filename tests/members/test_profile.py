"""What a member says of themselves: how to address them, what to ask them about, which languages they know how well."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.members.profile import MOST_LANGUAGES, MOST_THEMES
from cityexchange.members.signals import member_renamed
from cityexchange.spaces.entries import SpaceEntry
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory
from tests.members.test_settings import GOOD


@pytest.fixture
def themes():
    return [ThemeFactory(key=key) for key in ("housing", "health", "reception")]


@pytest.fixture
def ana(themes):
    return MemberFactory(city=CityFactory(slug="lyon"))


def say(browser, **values):
    return browser.post("/settings", data=GOOD | values)


def test_what_i_say_of_myself_is_read_by_colleagues(sign_in, ana):
    values = {
        "address_as": "Professor",
        "asks_line": "Homes for students",
        "ask_themes": ["housing", "health"],
    }
    assert say(sign_in(ana), **values).status_code == 303
    reader = sign_in(MemberFactory())

    page = reader.get(f"/members/{ana.id}").text
    for words in (
        "Professor",
        "Homes for students",
        "/themes/housing",
        "/themes/health",
        "presents and negotiates",
    ):
        assert words in page
    assert "Homes for students" in reader.get("/cities/lyon").text
    assert "Ana Ruiz" in reader.get("/themes/housing").text
    assert "Ana Ruiz" not in reader.get("/themes/reception").text


def test_visitors_read_nothing_of_it(sign_in, visitor, ana):
    say(sign_in(ana), asks_line="Homes for students", ask_themes=["housing"])

    for address in ("/themes/housing", "/cities/lyon"):
        page = visitor.get(address).text
        assert "Ana Ruiz" not in page and "Homes for students" not in page


def test_who_stands_aside_is_not_to_be_asked(sign_in, ana):
    say(sign_in(ana), ask_themes=["housing"])
    ana.suspend()

    assert "Ana Ruiz" not in sign_in(MemberFactory()).get("/themes/housing").text


def test_the_form_comes_back_as_it_was_said(sign_in, ana):
    browser = sign_in(ana)
    say(browser, ask_themes=["health"], address_as="Ms Ruiz")

    page = browser.get("/settings").text

    assert 'value="Ms Ruiz"' in page and 'checked id="ask_themes-1"' in page.replace(
        'id="ask_themes-1" name', 'checked id="ask_themes-1" name'
    )
    assert page.count('selected value="fluent"') == page.count('selected value="es"') - 1 == 1
    say(browser, **{"languages-1-level": ""})
    assert ana.languages == {"es": "fluent"} and ana.ask_themes == []


@pytest.mark.parametrize(
    "values",
    [
        {"languages-0-level": "", "languages-1-level": ""},
        {"languages-0-code": "xx"},
        {"languages-0-level": "native"},
        {"ask_themes": ["housing", "weather"]},
        {"address_as": "x" * 81},
        {"address_as": "ziuR\u202e anA"},
        {"asks_line": "x" * 301},
    ],
)
def test_nonsense_changes_nothing_and_comes_back(sign_in, ana, values):
    answer = say(sign_in(ana), **{"job_title": "Kept words", **values})

    assert answer.status_code == 422 and "Kept words" in answer.text
    assert ana.languages == {"en": "reads"} and ana.ask_themes == [] and ana.address_as == ""


def test_there_are_limits(sign_in, ana):
    for number in range(MOST_THEMES):
        ThemeFactory(key=f"theme_of_many_{number}")
    keys = ["housing", *(f"theme_of_many_{number}" for number in range(MOST_THEMES))]
    assert say(sign_in(ana), ask_themes=keys).status_code == 422

    many = {f"languages-{n}-code": "en" for n in range(MOST_LANGUAGES + 5)}
    assert say(sign_in(ana), **many).status_code in (303, 422)
    assert len(ana.languages) <= MOST_LANGUAGES


def test_mails_begin_as_the_member_wants(sign_in, ana):
    say(sign_in(ana), address_as="Professor", locale="en")

    SpaceEntry.invite(SpaceFactory(), ana, MemberFactory())

    letter = compose(db.session.scalars(db.select(OutgoingMail)).one())
    assert "Good day Professor," in letter.text and "Good day Professor," in letter.html


def test_an_unchanged_name_renews_no_page(sign_in, ana):
    ana.name = "Ana Ruiz"
    db.session.commit()
    renamed = []
    member_renamed.connect(lambda member: renamed.append(member))

    say(sign_in(ana))

    assert renamed == []
