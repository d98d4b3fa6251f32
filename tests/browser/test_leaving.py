"""A member takes what is theirs, and leaves."""

import json
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PASSWORD
from tests.browser.waiting import until_at_work

pytestmark = pytest.mark.every_database


def test_a_member_exports_and_leaves(visit):
    page = visit(locale="fr", width=390)
    page.goto("/sign-in?lang=fr")
    page.fill("[name=email]", "julien@montreal.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form.form--card button[type=submit]").click()
    expect(page.locator(".own-menu")).to_be_visible()
    page.goto("/settings")
    page.locator(".tabs a[href='/settings/data']").click()
    with page.expect_download() as taken:
        page.locator("form[action$='/data/json'] button").click()
    data = json.loads(taken.value.path().read_text("utf-8"))
    assert data["sections"]["profile"][0]["email"] == "julien@montreal.example"
    with page.expect_download() as read:
        page.locator("form[action$='/data/html'] button").click()
    assert "Julien Bergeron" in read.value.path().read_text("utf-8")

    with page.expect_download() as tables:
        page.locator("form[action$='/data/csv'] button").click()
    with zipfile.ZipFile(tables.value.path()) as packed:
        assert "julien@montreal.example" in packed.read("profile.csv").decode("utf-8-sig")

    until_at_work(page)  # until then nobody asks
    page.fill("#leave [name=proof]", PASSWORD)
    page.locator("#leave button[type=submit]").click()
    page.locator("dialog button[value=yes]").click()
    page.wait_for_url("**/")
    page.goto("/settings")
    assert "/sign-in" in page.url
    page.goto("/sign-in")
    page.fill("[name=email]", "julien@montreal.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form.form--card button[type=submit]").click()
    expect(page.locator(".notice--error")).to_be_visible()
