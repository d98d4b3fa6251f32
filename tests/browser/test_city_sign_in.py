"""A city signs in its people itself, at a real OpenID Connect provider."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MEMBERS, PASSWORD
from tests.browser.provider import IdentityProvider
from tests.prepared import community, database_with
from tests.services import LiveServer

CLIENT, SECRET = "cityexchange-lyon", "a-secret-of-lyon"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cities-door")
    server = LiveServer(
        folder, database_with(community, "cities-door", folder), OUTSIDE_NETWORKS="127.0.0.0/8"
    )
    with server, server.worker():
        yield server


@pytest.fixture(scope="module")
def provider(server):
    with IdentityProvider(CLIENT, SECRET, f"{server.base_url}/sign-in/city/lyon/return") as provider:
        yield provider


@pytest.fixture
def open_page(visit, server):
    return lambda **options: visit(base_url=server.base_url, **options)


def enter_by_password(page, member, language="en"):
    page.goto(f"/sign-in?lang={language}")
    page.fill("[name=email]", MEMBERS[member])
    page.fill("[name=password]", PASSWORD)
    page.locator("main form.form--card button[type=submit]").click()


def enter_by_city(page, address, language="en"):
    """From the page of signing in to the city's provider, which asks for an address and for consent, and back."""
    page.goto(f"/sign-in?lang={language}")
    page.locator("main a[href^='/sign-in/city']").click()
    page.locator("main a[href^='/sign-in/city/lyon']").click()
    page.fill("[name=login]", address)
    page.fill("[name=password]", "whatever the city asks for")
    page.locator("button[type=submit]").click()
    page.wait_for_selector("[name=prompt][value=consent]", state="attached")
    page.locator("button[type=submit]").click()


def open_door(claire, provider):
    enter_by_password(claire, "claire")
    expect(claire.locator(".own-menu")).to_be_visible()
    claire.goto("/cities/lyon/desk")
    claire.locator("#city-sign-in a").click()
    set_up(claire, provider)
    return claire


def set_up(page, provider, **ticks):
    page.goto("/cities/lyon/sign-in")
    page.fill("[name=issuer]", provider.issuer)
    page.fill("[name=client_id]", CLIENT)
    page.fill("[name=secret]", SECRET)
    page.locator("details summary", has_text="Roles").click() if not page.locator(
        "[name=role_claim]"
    ).is_visible() else None
    page.fill("[name=role_claim]", "groups")
    page.fill("[name=elected_member_values]", "council")
    for name, is_on in {"is_offered": True, **ticks}.items():
        page.set_checked(f"[name={name}]", is_on)
    page.locator("main form.form--card button[type=submit]").click()
    expect(page.locator(".notice--success")).to_be_visible()


def test_a_city_opens_its_own_door_and_closes_the_others(open_page, server, provider):
    claire = open_door(open_page(), provider)

    # Who has an account here is let in, on a telephone, in Arabic.
    again = open_page(width=390, locale="ar")
    enter_by_city(again, MEMBERS["claire"], "ar")
    expect(again.locator(".own-menu")).to_be_visible()
    assert again.url.startswith(server.base_url)

    # A newcomer is told that the city is asked; one press lets them in.
    zoe = open_page(locale="fr")
    enter_by_city(zoe, "zoe.martin@lyon.example", "fr")
    expect(zoe).to_have_url(f"{server.base_url}/sign-in/city/lyon/asked")
    claire.goto("/cities/lyon/desk")
    claire.locator("#requests a", has_text="zoe martin").click()
    claire.locator("form[action$='/accept'] button").click()
    expect(claire.locator("form[action$='/accept']")).to_have_count(0)
    enter_by_city_again(zoe)
    expect(zoe.locator(".own-menu")).to_be_visible()

    # Whom the provider calls a councillor needs nobody's press; an address that nobody confirmed opens nothing.
    councillor = open_page()
    enter_by_city(councillor, "council.omar@lyon.example")
    expect(councillor.locator(".own-menu")).to_be_visible()
    stranger = open_page()
    enter_by_city(stranger, "unconfirmed@lyon.example")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("You are not signed in")

    # Now the city asks its people to come in by its door only: all others are out, passwords open nothing.
    set_up(claire, provider, is_required=True)
    zoe.goto("/settings")
    assert "/sign-in" in zoe.url
    locked = open_page()
    enter_by_password(locked, "claire")
    expect(locked.locator(".error-summary, [role=alert]").first).to_be_visible()
    enter_by_city(locked, MEMBERS["claire"])
    expect(locked.locator(".own-menu")).to_be_visible()
    set_up(claire, provider, is_required=False)


def enter_by_city_again(page):
    """The provider still knows who sits here."""
    page.goto("/sign-in/city/lyon")


def test_without_scripts_the_way_back_is_one_press(open_page, server, provider):
    open_door(open_page(), provider)
    page = open_page(java_script_enabled=False)
    enter_by_city(page, MEMBERS["claire"])
    expect(page.locator(".own-menu")).to_have_count(0)
    page.locator("main form.form--card button[type=submit]").click()
    expect(page.locator(".own-menu")).to_be_visible()
