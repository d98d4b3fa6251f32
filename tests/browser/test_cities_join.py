"""Geneva applies in French and Tunis in Arabic; both are verified, accept the charter, and take part once two people have come."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PASSWORD
from tests.patience import wait_until

GENEVA = {
    "language": "fr",
    "place": "Genève",
    "geonameid": 2660646,
    "city": "Geneva",
    "slug": "geneva",
    "name": "Camille Rochat",
    "job_title": "Déléguée à l'intégration",
    "email": "camille@geneva-town.example",
    "deputy_name": "Luca Favre",
    "deputy_job_title": "Chargé de projet",
    "deputy_email": "luca@geneva-town.example",
    "signatory": "La maire",
    "domain": "geneva-town.example",
    "kind": "traditional",
}
TUNIS = {
    "language": "ar",
    "place": "تونس",
    "geonameid": 2464470,
    "city": "Tunis",
    "slug": "tunis",
    "name": "هالة المنصوري",
    "job_title": "رئيسة مصلحة",
    "email": "hela@tunis-town.example",
    "deputy_name": "سامي الجلاصي",
    "deputy_job_title": "موظف",
    "deputy_email": "sami@tunis-town.example",
    "signatory": "رئيسة البلدية",
    "domain": "tunis-town.example",
    "kind": "transit",
}
SUSPENDED = "amina@tangier.example"
"""Nobody of MEMBERS: whoever is suspended is signed out everywhere, in the tests behind too."""
TYPED = [
    "name",
    "job_title",
    "email",
    "deputy_name",
    "deputy_job_title",
    "deputy_email",
    "signatory",
    "domain",
]


def press(page):
    page.locator("main form.form--card button[type=submit]:not([formnovalidate])").first.click()


def in_mail(page, address, pattern):
    """What the newest mail to an address says that is of this pattern, as its owner would read it."""
    box = page.context.new_page()
    try:
        found = wait_until(lambda: re.search(pattern, newest_mail(box, address)))
    finally:
        box.close()
    assert found, f"no mail to {address} says {pattern}"
    return found[0]


def newest_mail(box, address):
    box.goto("/dev/mail")
    line = box.locator("main li, main tr").filter(has_text=address).first
    if not line.count():
        return ""
    line.locator("a[href^='/dev/mail/']").first.click()
    return box.locator("main").inner_text()


def code_for(page, address):
    return in_mail(page, address, r"\b\d{6}\b")


def sign_in_by_code(page, address, language):
    page.goto(f"/sign-in/code?lang={language}")
    page.fill("[name=email]", address)
    press(page)
    page.fill("[name=code]", code_for(page, address))
    press(page)
    expect(page.locator(".own-menu")).to_be_visible()


def apply(page, city):
    page.goto(f"/cities/apply?lang={city['language']}")
    page.locator("[name=place_text]").press_sequentially(city["place"])
    page.locator(f"#places [value='{city['geonameid']}']").check()
    for name in TYPED:
        page.fill(f"[name={name}]", city[name])
    page.select_option("[name=kind]", city["kind"])
    page.locator(f"[name=working_languages][value={city['language']}]").check()
    page.locator("[name=accepts_charter]").check()
    press(page)
    page.wait_for_url("**/cities/apply/code")
    page.fill("[name=code]", code_for(page, city["email"]))
    press(page)
    expect(page.locator(".empty-state")).to_be_visible()


def verify(page, city):
    page.goto("/desk?lang=en")
    page.locator("#applications a").filter(has_text=city["city"]).click()
    page.fill("#accept [name=reason]", "Called the town hall.")
    page.locator("[name=has_domain]").check()
    page.locator("#accept button[type=submit]").click()
    expect(page.locator(".notice--success")).to_be_visible()


@pytest.mark.parametrize("city", [GENEVA, TUNIS], ids=["geneva", "tunis"])
def test_a_city_applies_is_verified_and_takes_part(visit, visit_as, city):
    applicant = visit(locale=city["language"], width=390)
    applicant.goto(f"/cities/{city['slug']}?lang={city['language']}")
    expect(applicant.locator("#missing li")).to_have_count(4)
    apply(applicant, city)

    verify(visit_as("coordinator"), city)
    applicant.goto(f"/cities/{city['slug']}?lang={city['language']}")
    expect(applicant.locator("#missing li")).to_have_count(1)

    sign_in_by_code(visit(locale=city["language"]), city["deputy_email"], city["language"])
    focal = visit(locale=city["language"], width=390)
    sign_in_by_code(focal, city["email"], city["language"])

    focal.goto(f"/cities/{city['slug']}")
    expect(focal.locator("#missing")).to_have_count(0)
    assert focal.evaluate("document.documentElement.dir") == ("rtl" if city["language"] == "ar" else "ltr")
    focal.locator("a[href$='/desk']").click()
    expect(focal.locator("#membership")).to_contain_text(city["domain"])
    focal.goto("/charter")
    expect(focal.locator(".notice--success")).to_be_visible()


def test_the_coordinator_suspends_with_days_and_reason_and_the_page_is_dead(visit, visit_as):
    amina = visit()
    amina.goto("/sign-in?lang=en")
    amina.fill("[name=email]", SUSPENDED)
    amina.fill("[name=password]", PASSWORD)
    press(amina)
    expect(amina.locator(".own-menu")).to_be_visible()
    amina.goto("/chat/rooms/1")
    expect(amina.locator("[data-mode=live]")).to_be_attached()
    coordinator = visit_as("coordinator")
    coordinator.goto("/cities/tangier?lang=en")
    coordinator.get_by_role("link", name="Amina El Idrissi").first.click()
    coordinator.get_by_role("link", name="Suspend").click()
    coordinator.fill("[name=days]", "3")
    coordinator.fill("[name=reason]", "For this test.")
    press(coordinator)
    expect(amina.locator("[data-mode=live]")).not_to_be_attached()
    amina.goto("/settings")
    assert "/sign-in" in amina.url

    coordinator.get_by_role("button", name="Lift the suspension").click()
    expect(coordinator.locator(".notice--warning")).to_have_count(0)
