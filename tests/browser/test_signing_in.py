"""Signing in as people do it, with a telephone, a key, and a browser left open somewhere else."""

import re
import time
from base64 import b32decode

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import expect

from tests.browser.pages import MEMBERS, PASSWORD
from tests.prepared import community, database_with
from tests.services import LiveServer


class NamedServer(LiveServer):
    """Known by a name: browsers make no passkeys for a number."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.base_url = f"http://localhost:{self.port}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("named")
    server = NamedServer(folder, database_with(community, "named", folder))
    with server, server.worker():
        yield server


@pytest.fixture
def open_page(visit, server):
    return lambda **options: visit(base_url=server.base_url, **options)


def enter(page, member, language="en"):
    page.goto(f"/sign-in?lang={language}")
    page.fill("[name=email]", MEMBERS[member])
    page.fill("[name=password]", PASSWORD)
    page.locator("main form.form--card button[type=submit]").click()
    return page


def is_in(page):
    expect(page.locator(".own-menu")).to_be_visible()


def sign_out(page):
    page.locator(".own-menu summary").click()
    page.locator(".own-menu form[action$='/sign-out'] button").click()
    page.wait_for_url("**/sign-in")


def code_of(secret, steps=0):
    return TOTP(b32decode(secret), 6, SHA1(), 30).generate(int(time.time()) + 30 * steps).decode()


def test_an_application_is_set_up_and_asked_for_at_the_next_sign_in(open_page):
    page = enter(open_page(locale="fr", width=390), "claire", "fr")
    is_in(page)
    page.goto("/settings/sign-in")
    page.locator("form[action$='/authenticator'] button").click()
    expect(page.locator("img.qr")).to_be_visible()
    assert page.locator("img.qr").evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    secret = re.sub(r"\s", "", page.locator("main code").inner_text())
    page.fill("[name=code]", code_of(secret))
    page.locator("main form.form--card button[type=submit]").click()
    expect(page.locator(".code-list code")).to_have_count(10)
    codes = page.locator(".code-list code").all_inner_texts()
    sign_out(page)

    enter(page, "claire", "fr").wait_for_url("**/sign-in/second")
    page.fill("[name=code]", code_of(secret, 1))
    page.locator("main form.form--card button[type=submit]").click()
    is_in(page)
    sign_out(page)

    enter(page, "claire", "fr").wait_for_url("**/sign-in/second")
    page.fill("[name=code]", codes[0])
    page.locator("main form.form--card button[type=submit]").click()
    is_in(page)


def with_authenticator(page):
    """Chromium's virtual one: it holds keys and says yes."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    traits = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    answers = {"isUserVerified": True, "automaticPresenceSimulation": True}
    line.send("WebAuthn.addVirtualAuthenticator", {"options": traits | answers})
    return page


def test_a_passkey_is_added_and_signs_in_without_typing(open_page):
    page = enter(with_authenticator(open_page(locale="ar", width=390)), "nour", "ar")
    is_in(page)
    page.goto("/settings/sign-in")
    page.fill("#passkey-name", "هاتفي")
    page.locator("form[data-act=make] button[type=submit]").click()
    expect(page.locator(".code-list code")).to_have_count(10)
    page.goto("/settings/sign-in")
    expect(page.locator("#factors")).to_contain_text("هاتفي")
    sign_out(page)

    page.locator("form[data-act=use] button[type=submit]").click()
    is_in(page)
    sign_out(page)

    enter(page, "nour", "ar").wait_for_url("**/sign-in/second")
    page.locator("form[data-act=use] button[type=submit]").click()
    is_in(page)


def test_a_device_without_the_key_says_so_and_leaves_the_other_ways(open_page):
    page = with_authenticator(open_page())
    page.goto("/sign-in")
    page.locator("form[data-act=use] button[type=submit]").click()
    expect(page.locator("[data-refused]")).to_be_visible()
    is_in(enter(page, "organiser"))


def test_a_browser_elsewhere_is_signed_out_with_one_press_and_its_page_is_dead(open_page):
    here, there = (enter(open_page(), "facilitator") for _ in range(2))
    is_in(here)
    is_in(there)
    there.goto("/chat/rooms/1")
    expect(there.locator("[data-mode=live]")).to_be_attached()

    here.goto("/settings/sign-in")
    here.locator("#sign-ins form[action$='/sign-ins/end'] button").click()

    expect(there.locator("[data-mode=live]")).not_to_be_attached()
    there.goto("/settings")
    assert "/sign-in" in there.url
    here.goto("/settings")
    is_in(here)


def test_a_code_by_mail_signs_in(open_page):
    page = open_page(locale="fr")
    page.goto("/sign-in?lang=fr")
    page.locator("a[href^='/sign-in/code']").click()
    page.fill("[name=email]", MEMBERS["konrad"])
    page.locator("main form.form--card button[type=submit]").click()
    page.wait_for_url("**/sign-in/code/confirm*")
    mails = page.context.new_page()
    mails.goto("/dev/mail")
    mails.locator("main a[href^='/dev/mail/']").first.click()
    mails.wait_for_url("**/dev/mail/*")
    code = re.search(r"\b\d{6}\b", mails.locator("main").inner_text())[0]

    page.fill("[name=code]", code)
    page.locator("main form.form--card button[type=submit]").click()
    is_in(page)
