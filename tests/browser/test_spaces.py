"""People come into closed spaces by asking and by being asked, and write there under a chosen name; also live."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import SEND
from tests.browser.test_cities_join import press


def test_who_asks_is_let_in_with_one_press(visit_as):
    konrad = visit_as("konrad", width=390, java_script_enabled=False)
    konrad.goto("/spaces?lang=fr")
    konrad.locator("main a[href='/spaces/first-weeks/requests/new']").click()
    konrad.fill("[name=why]", "Wir möchten zuhören.")
    press(konrad)
    expect(konrad.locator(".notice--success, .flash, [role=status]").first).to_be_visible()

    facilitator = visit_as("facilitator")
    facilitator.goto("/?lang=es")
    facilitator.locator("#mine li", has_text="Konrad").locator("a").click()
    expect(facilitator.locator("main blockquote")).to_have_text("Wir möchten zuhören.")
    facilitator.locator("form[action$='/accept'] button").click()
    expect(facilitator.locator("#people")).to_contain_text("Konrad")

    konrad.goto("/spaces/first-weeks")
    konrad.locator("main a[href='/forums/first-weeks']").first.click()
    expect(konrad.get_by_role("link", name=re.compile("Personne ne m'a dit"))).to_be_visible()


@pytest.fixture
def circle(visit_as):
    """A closed space that the facilitator has just opened, and its forum: (slug, the facilitator's page)."""
    facilitator = visit_as("facilitator")
    facilitator.goto("/spaces/new?lang=en")
    facilitator.fill("[name=name]", "Circle of voices")
    facilitator.check("[name=confidentiality][value=group]")
    facilitator.check("[name=joining][value=invitation]")
    facilitator.check("[name=allows_chosen_names]")
    press(facilitator)
    facilitator.wait_for_url("**/spaces/circle-of-voices*")
    return facilitator.url.rsplit("/", 1)[1], facilitator


def test_who_is_asked_in_writes_under_a_chosen_name(visit_as, circle):
    slug, facilitator = circle
    facilitator.goto(f"/spaces/{slug}/people")
    facilitator.locator(f"main a[href='/spaces/{slug}/invitations/new']").click()
    facilitator.fill("[name=q]", "Nour")
    facilitator.locator("form[role=search] button").click()
    facilitator.fill("[name=why]", "Come and tell us.")
    press(facilitator)
    expect(facilitator.locator("#entries")).to_contain_text("Nour")

    nour = visit_as("nour", width=390, locale="ar")
    nour.goto("/?lang=ar")
    nour.locator("#mine li", has_text="Circle of voices").locator("a").click()
    nour.locator("form[action$='/accept'] button").click()
    nour.wait_for_url(f"**/spaces/{slug}")
    nour.goto(f"/spaces/{slug}/name")
    nour.fill("[name=chosen_name]", "وردة البحر")
    press(nour)
    nour.goto(f"/forums/{slug}/new")
    nour.fill("[name=title]", "سؤال من القلب")
    nour.fill("[name=text]", "من يساعد من وصل أمس؟")
    nour.locator(f"main form button{SEND}").click()
    nour.wait_for_url("**/topics/*")

    facilitator.goto(nour.url)
    name = facilitator.locator(".post__head .person__name")
    expect(name).to_have_text("وردة البحر")
    assert name.evaluate("(one) => one.tagName") == "BDI"

    # What comes live says no more than the page.
    nour.fill("[name=text]", "أنتظر الجواب.")
    nour.locator(f"form[action$='/posts'] button{SEND}").last.click()
    live = facilitator.locator(".post__head .person__name").nth(1)
    expect(live).to_have_text("وردة البحر")
    assert live.evaluate("(one) => one.closest('a')?.href ?? ''") == ""
    assert (
        "Sfax" not in facilitator.locator("main").inner_text()
        and "Nour" not in facilitator.locator("main").inner_text()
    )
