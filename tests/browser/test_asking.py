"""Asking from wherever one is: under a minute, with or without scripts, and nothing typed is lost on the way in."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MEMBERS, PASSWORD, SEND


def begin(page, title):
    page.focus("[name=title]")
    expect(page.locator("form[data-alive~=ask]")).to_be_attached()
    page.fill("[name=title]", title)


def likeliest(page, group):
    """The ticks that stand before all the others."""
    return page.locator(f"#{group} > .tick")


@pytest.mark.parametrize(
    ("member", "locale", "width", "title"),
    [
        ("claire", "fr", 1280, "Comment parler de l'école aux familles ?"),
        ("nour", "ar", 390, "كيف نخبر الأسر عن المدرسة؟"),
        ("konrad", "en", 390, "How do you tell families about school?"),
    ],
)
def test_words_bring_forward_where_they_belong_and_a_press_decides(visit_as, member, locale, width, title):
    page = visit_as(member, width=width, locale=locale)
    page.goto("/")
    page.locator(".masthead__ask").click()
    begin(page, title)
    expect(likeliest(page, "forum").first).to_be_visible()
    expect(page.locator("[data-ask=similar] summary")).to_be_visible()
    expect(page.locator("[data-ask=told]")).not_to_be_empty()
    expect(page.locator("[name=forum]:checked, [name=themes]:checked")).to_have_count(0)
    assert page.evaluate("document.activeElement.name") == "title"
    page.check("[name=forum][value=education]")
    page.check("[name=themes][value=education]")
    page.fill("[name=title]", "Housing and rent: what works?")
    expect(page.locator("#forum > .tick [value=housing]")).to_be_visible()
    expect(page.locator("[name=forum]:checked")).to_have_value("education")
    expect(page.locator("#forum > .tick [value=education]")).to_be_visible()


def test_what_came_forward_goes_back_to_its_place(visit_as):
    page = visit_as("claire")
    page.goto("/ask")
    before = page.locator("#themes input").evaluate_all("all => all.map(one => one.value)")
    begin(page, "School and housing")
    expect(likeliest(page, "themes")).not_to_have_count(0)
    page.fill("[name=title]", "Zzzz zzzz")
    expect(likeliest(page, "themes")).to_have_count(0)
    assert page.locator("#themes input").evaluate_all("all => all.map(one => one.value)") == before


def test_a_suggestion_that_cannot_be_had_stands_in_nobodys_way(visit_as):
    page = visit_as("claire")
    page.goto("/ask?lang=en")
    page.route("**/ask/suggestions*", lambda route: route.abort())
    begin(page, "School enrolment")
    page.fill("[name=text]", "Words.")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.locator(f"main form {SEND}").click()
    assert answer.value.status == 422
    expect(page.locator("[name=forum]:checked")).to_have_value("education")
    expect(page.locator("[name=text]")).to_have_value("Words.")


@pytest.mark.parametrize("java_script_enabled", [True, False])
@pytest.mark.parametrize(
    ("locale", "title"), [("fr", "Quel logement pour les familles ?"), ("ar", "كيف نجد سكنا للأسر؟")]
)
def test_a_visitor_types_a_question_signs_in_and_finds_it(visit, java_script_enabled, locale, title):
    page = visit(width=390, locale=locale, java_script_enabled=java_script_enabled)
    page.goto("/")
    page.fill("[name=title]", title)
    page.locator(".hero__ask button").click()
    page.fill("[name=email]", MEMBERS["nour"])
    page.fill("[name=password]", PASSWORD)
    page.locator(f"main form button{SEND}").first.click()
    expect(page.locator("[name=title]")).to_have_value(title)
    expect(page.locator("#forum [value=housing]")).to_be_visible()


def test_without_scripts_the_first_press_suggests_and_the_second_publishes(visit_as):
    page = visit_as("claire", java_script_enabled=False, locale="en")
    page.goto("/ask")
    page.fill("[name=title]", "How do you tell families about school enrolment?")
    page.fill("[name=text]", "We miss half of them.")
    page.locator(f"main form {SEND}").click()
    expect(page.locator("[name=forum]:checked")).to_have_value("education")
    expect(page.locator("[data-ask=similar] details")).to_have_attribute("open", "")
    page.locator(f"main form {SEND}").click()
    expect(page.locator("h1")).to_have_text("How do you tell families about school enrolment?")


PRESSES = [("claire", "fr", 1280), ("nour", "ar", 390), ("konrad", "en", 390)]


def open_answer_on(page, theme, topic):
    """From the start page in three presses: the themes, one of them, what was asked and answered about it."""
    page.goto("/")
    page.locator(".main-nav a[href='/themes']").click()
    page.locator(f"main a[href='/themes/{theme}']").click()
    page.locator("#answered").locator(
        f"a[href='/topics/{topic}'], a[href^='/topics/{topic}#'], a[href^='/topics/{topic}?']"
    ).first.click()
    return page.locator(".post--answer")


def expect_posts_in(page, language):
    expect(page.locator("h1")).to_have_attribute("lang", language)
    for words in page.locator(".post .post__text").all():
        expect(words).to_have_attribute("lang", language)


@pytest.mark.parametrize(("member", "locale", "width"), PRESSES)
@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_who_solved_school_enrolment_is_four_presses_away(
    visit_as, member, locale, width, java_script_enabled
):
    """The fourth is the name of who gave the answer that helped; there is the button to ask them."""
    page = visit_as(member, width=width, locale=locale, java_script_enabled=java_script_enabled)
    answer = open_answer_on(page, "education", 6)
    expect(answer).to_have_count(1)
    answer.locator("a[href^='/members/']").first.click()
    expect(page.locator("h1")).to_have_text("Mireille Tremblay-Haddad")
    expect(page.locator("main a[href^='/ask?mention=']")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "width", "gdansk"), [("fr", 1280, "Gdańsk"), ("ar", 390, "غدانسك"), ("zh", 390, "格但斯克")]
)
@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_visitor_reads_an_answer_about_school_in_their_language_and_whose_it_is(
    visit_as, locale, width, gdansk, java_script_enabled
):
    """Visitors learn which city it is; who of its people answered, members do."""
    page = visit_as("visitor", width=width, locale=locale, java_script_enabled=java_script_enabled)
    answer = open_answer_on(page, "education", 25)
    expect_posts_in(page, locale)
    answer.locator("a[href='/cities/gdansk']").click()
    expect(page.locator("h1")).to_contain_text(gdansk)
