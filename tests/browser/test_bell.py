"""The bell: what comes is heard in every tab of the browser, and what is read in one of them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_live_topics import send
from tests.browser.waiting import entering, until_at_work

pytestmark = pytest.mark.every_database


@pytest.fixture
def nour(visit_as):
    return visit_as("nour")


@pytest.fixture
def topic(nour):
    """A question of Nour's, that Claire does not follow."""
    nour.goto("/forums/reception/new?lang=en")
    nour.fill("[name=title]", "Who rings the bell?")
    nour.fill("[name=text]", "We have one desk.")
    nour.get_by_role("button", name="Publish the topic").click()
    nour.wait_for_url(re.compile(r"/topics/\d+$"))
    return nour.url


@pytest.fixture
def claire(visit_as):
    """Who has read all that came before."""
    page = visit_as("claire")
    page.goto("/notifications?lang=en")
    if unread(page):
        page.get_by_role("button", name="Mark all as read").click()
        expect_unread(page, 0)
    return page


def bell(page):
    return page.locator("[data-unread]")


def unread(page):
    return int(bell(page).get_attribute("data-unread"))


def open_room(page):
    with entering(page):
        page.goto("/chat/rooms/1?lang=en")
    until_at_work(page)


def expect_unread(page, number):
    expect(bell(page)).to_have_attribute("data-unread", str(number))
    expect(bell(page).locator(".counter")).to_have_text(str(number))
    expect(bell(page).locator(".counter")).to_be_visible(visible=number > 0)
    expect(page).to_have_title(re.compile(rf"^\({number}\) \w" if number else r"^[^(]"))


def mention(nour, topic, words="please look"):
    send(nour, f"{topic}/posts", text=f"@claire-vasseur {words}")


def test_a_mention_rings_in_every_tab_and_reading_it_in_one_is_heard_in_the_others(nour, topic, claire):
    open_room(claire)
    still = claire.context.new_page()  # without a line of its own
    still.goto("/bookmarks?lang=en")
    until_at_work(still)
    mention(nour, topic)
    for page in (claire, still):
        expect_unread(page, 1)
        aloud = page.locator("[data-part=bell-aloud]")
        expect(aloud).to_have_text("Something new for you. Unread notifications: 1")

    bell(still).click()
    line = still.locator(".row", has_text="Who rings the bell?").first
    expect(line).to_contain_text("Not read yet")
    with entering(still):
        line.get_by_role("link").click()
        still.wait_for_url(re.compile(r"/topics/\d+"))
    for page in (claire, still):
        expect_unread(page, 0)


def test_a_page_that_comes_late_knows_less_than_the_line_of_another_tab(nour, topic, claire):
    """Its answer was made before somebody wrote, and is on its way for longer than what the line tells."""
    open_room(claire)
    late = claire.context.new_page()

    def be_late(route):
        answer = route.fetch()
        mention(nour, topic)
        expect_unread(claire, 1)
        route.fulfill(response=answer)

    late.route("**/bookmarks?lang=en", be_late)
    late.goto("/bookmarks?lang=en")
    until_at_work(late)
    for page in (late, claire):
        expect_unread(page, 1)
    late.unroute_all()
    late.reload()
    expect_unread(late, 1)


def test_a_line_that_comes_back_tells_that_all_was_read_meanwhile(nour, topic, claire, visit_as):
    mention(nour, topic)
    open_room(claire)
    expect_unread(claire, 1)
    claire.context.set_offline(True)
    elsewhere = visit_as("claire")
    elsewhere.goto("/notifications?lang=en")
    elsewhere.get_by_role("button", name="Mark all as read").click()
    expect_unread(elsewhere, 0)
    expect_unread(claire, 1)
    claire.context.set_offline(False)

    expect_unread(claire, 0)


def test_a_page_that_one_goes_back_to_shows_the_number_of_today(nour, topic, claire):
    open_room(claire)
    mention(nour, topic)
    expect_unread(claire, 1)
    claire.goto("/notifications?lang=en")
    with claire.expect_response(re.compile(r"/notifications/\d+/read")):
        claire.locator(".row--new").first.get_by_role("button", name="Mark as read", exact=True).click()
    expect_unread(claire, 0)

    for _ in range(2):
        claire.go_back()
        until_at_work(claire)
    assert "/chat/rooms/1" in claire.url
    expect_unread(claire, 0)


def test_a_line_opened_by_the_keyboard_in_another_tab_is_marked_as_read(nour, topic, claire):
    mention(nour, topic)
    claire.goto("/bookmarks?lang=en")
    until_at_work(claire)
    expect_unread(claire, 1)
    bell(claire).focus()
    claire.keyboard.press("Enter")
    claire.wait_for_url("**/notifications*")
    until_at_work(claire)
    claire.locator(".row--new .row__title a").first.focus()
    with (
        claire.context.expect_page(),
        claire.expect_response(re.compile(r"/notifications/\d+/read")) as marked,
    ):
        claire.keyboard.press("Control+Enter")
    assert marked.value.status == 204
    claire.reload()
    expect_unread(claire, 0)


def test_without_scripts_lines_are_read_by_buttons(nour, topic, visit_as):
    claire = visit_as("claire", java_script_enabled=False)
    mention(nour, topic)
    claire.goto("/notifications?lang=en")
    before = unread(claire)
    assert before and claire.title() == f"({before}) Notifications · cityexchange"
    claire.locator(".row--new").first.get_by_role("button", name="Mark as read", exact=True).click()
    expect(bell(claire)).to_have_attribute("data-unread", str(before - 1))
    assert claire.url.endswith("/notifications?lang=en")

    mention(nour, topic, "once more")
    claire.reload()
    claire.get_by_role("button", name="Mark all as read").click()
    expect(bell(claire)).to_have_attribute("data-unread", "0")
    expect(claire.locator(".row--new")).to_have_count(0)
    claire.get_by_role("link", name="Unread").click()
    expect(claire.get_by_text("Nothing unread")).to_be_visible()
