"""Colleagues come to their city's people: by the domain of their address, by invitation, and by hand-over; in French and Arabic."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_cities_join import code_for, in_mail, press, sign_in_by_code

CITIES = {"fr": ("lyon", "claire@lyon.example"), "ar": ("sfax", "nour@sfax.example")}
PASSWORD = "a long enough one"


def person(language, number):
    slug = CITIES[language][0]
    return {
        "name": f"Person {language} {number}",
        "job_title": "Officer",
        "email": f"p{number}.{language}@{slug}.example",
    }


def fill(page, values):
    for name, value in values.items():
        page.fill(f"main form.form--card [name={name}]", value)


@pytest.mark.parametrize("language", CITIES)
def test_a_colleague_joins_by_the_domain_and_is_approved_with_one_press(visit, language):
    slug, focal_point = CITIES[language]
    zoe, values = visit(locale=language, width=390), person(language, 1)
    zoe.goto(f"/join?lang={language}")
    fill(zoe, values | {"password": PASSWORD, "again": PASSWORD})
    press(zoe)
    zoe.wait_for_url("**/join/code")
    zoe.fill("[name=code]", code_for(zoe, values["email"]))
    press(zoe)
    expect(zoe.locator("h1")).to_be_visible()

    focal = visit(locale=language, width=390)
    sign_in_by_code(focal, focal_point, language)
    focal.goto(f"/cities/{slug}/desk")
    focal.locator("#requests a").filter(has_text=values["name"]).click()
    focal.locator("form[action$='/accept'] button").click()

    zoe.goto("/sign-in")
    fill(zoe, {"email": values["email"], "password": PASSWORD})
    press(zoe)
    expect(zoe.locator(".own-menu")).to_be_visible()
    zoe.goto(f"/cities/{slug}")
    expect(zoe.locator("#people")).to_contain_text(values["name"])


def accept_by_mail(page, values, language):
    offer = in_mail(page, values["email"], r"/place-offers/\d+")
    page.goto(f"{offer}?lang={language}")
    page.locator("form[action$='/code'] button").click()
    page.fill("[name=code]", code_for(page, values["email"]))
    press(page)
    expect(page.locator(".own-menu")).to_be_visible()


@pytest.mark.parametrize("language", CITIES)
def test_a_colleague_is_invited_and_a_place_is_handed_over(visit, language):
    slug, focal_point = CITIES[language]
    focal = visit(locale=language, width=390)
    sign_in_by_code(focal, focal_point, language)
    focal.goto(f"/cities/{slug}/desk")
    focal.locator("a[href$='/invitations/new']").click()
    invited = person(language, 2)
    fill(focal, invited)
    press(focal)
    focal.wait_for_url("**/desk")
    colleague = visit(locale=language)
    accept_by_mail(colleague, invited, language)

    focal.goto(f"/cities/{slug}/desk")
    row = focal.locator("#people .row").filter(has_text=invited["name"])
    row.locator("summary").click()
    row.locator("select[name=role]").select_option("city_deputy")
    row.locator("[name=speaks_officially]").check()
    row.locator("form[action^='/seats/'] button[type=submit]").first.click()
    deputy = focal.locator("#people .row").filter(has_text=invited["name"])
    expect(deputy.locator(".badge")).to_be_visible()

    successor = person(language, 3)
    deputy.locator("summary").click()
    deputy.locator("a[href$='/hand-over']").click()
    fill(focal, successor)
    press(focal)
    focal.wait_for_url("**/desk")
    heir = visit(locale=language)
    accept_by_mail(heir, successor, language)
    heir.goto(f"/cities/{slug}/desk")
    expect(heir.locator("#people")).to_contain_text(successor["name"])
    colleague.goto(f"/cities/{slug}/desk")
    expect(colleague.locator("#people")).to_have_count(0)
