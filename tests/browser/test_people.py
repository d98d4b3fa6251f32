"""A colleague who knows about it is found and asked in a few presses, in whatever language one asks, with scripts and without."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("member", "locale", "width", "words"),
    [
        ("claire", "fr", 1280, "inscription scolaire"),
        ("nour", "ar", 390, "التسجيل في المدرسة"),
        ("konrad", "zh", 390, "学校"),
        ("lieve", "ru", 1280, "запись в школу"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_who_knows_about_school_enrolment_is_found_and_asked(visit_as, member, locale, width, words, scripts):
    page = visit_as(member, width=width, java_script_enabled=scripts)
    page.goto(f"/cities?lang={locale}")
    page.locator('main a[href="/people"]').click()
    page.fill("[name=q]", words)
    page.press("[name=q]", "Enter")

    emre = page.locator("main li.row", has_text="Emre Karadağ")
    expect(emre).to_have_count(1)
    emre.locator(".row__end a").click()

    expect(page.locator("[name=text]")).to_have_value("@emre-karadag:")
    expect(page.locator("[name=themes][value=education]")).to_be_checked()
    page.go_back()
    expect(page.locator("[name=q]")).to_have_value(words)


def test_what_is_mine_is_one_press_beside_the_name(visit_as):
    page = visit_as("claire")
    page.goto("/")
    page.locator(".own-menu > summary").click()
    page.locator('.own-menu a[href="/mine"]').click()
    expect(page.locator("main section.section")).to_have_count(7)
    page.locator("#bookmarks .section__more").click()
    expect(page.locator(".breadcrumb a")).to_have_attribute("href", "/mine")
