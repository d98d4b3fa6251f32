"""Links and forms alone: everything that matters in a day works where scripts are switched off."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import SEND


@pytest.fixture
def plain(visit_as):
    return lambda member: visit_as(member, java_script_enabled=False)


def press(page, within="main form"):
    page.locator(f"{within} button{SEND}, {within} button.button--primary").first.click()


def test_read_ask_answer_and_edit(plain):
    page = plain("claire")
    page.goto("/forums?lang=en")
    page.locator("a[href='/forums/reception']").first.click()
    page.locator("main a[href$='/reception/new']").first.click()
    page.fill("[name=title]", "How long is your first interview?")
    page.fill("[name=text]", "Ours takes an **hour**.")
    press(page)
    page.wait_for_url(re.compile(r"/topics/\d+"))
    expect(page.locator(".post strong")).to_have_text("hour")
    page.fill("[name=text]", "I add: half of it is listening.")
    press(page, "main form[action$='/posts']")
    expect(page.locator(".post")).to_have_count(2)
    page.locator(".post a[href$='/edit']").last.click()
    page.fill("[name=text]", "I add: most of it is listening.")
    press(page)
    expect(page.locator(".post").last).to_contain_text("most of it is listening")
    page.locator(".post a[href$='/revisions']").click()
    expect(page.locator("main")).to_contain_text("half")


def test_what_was_typed_is_kept_when_something_is_missing(plain):
    page = plain("claire")
    page.goto("/forums/reception/new?lang=en")
    page.fill("[name=text]", "A text without a title")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        press(page)
    assert answer.value.status == 422
    expect(page.locator("[name=text]")).to_have_value("A text without a title")
    expect(page.locator("[role=alert]")).to_be_visible()


def test_register_for_a_workshop_and_withdraw(plain):
    page = plain("konrad")
    page.goto("/workshops/1?lang=en")
    page.locator("#registration [name=mode]").first.check()
    press(page, "#registration form")
    expect(page.locator("#registration .notice--success")).to_be_visible()
    press(page, "#registration form")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Your place goes to the next person who waits."
    )
    press(page)
    expect(page.locator("#registration [name=mode]").first).to_be_visible()


def test_keep_a_topic_for_later_note_why_and_take_it_out(plain):
    page = plain("konrad")
    page.goto("/topics/3?lang=en")
    page.get_by_role("button", name="Keep for later").click()
    expect(page.get_by_role("button", name="Kept")).to_be_visible()
    page.goto("/bookmarks?lang=en")
    page.get_by_role("link", name="Add a note").click()
    page.fill("[name=note]", "For the meeting in May.")
    press(page)
    expect(page.locator(".row")).to_contain_text("For the meeting in May.")
    page.goto("/topics/3?lang=en")
    page.get_by_role("button", name="Kept").click()
    expect(page.locator("main")).to_contain_text("Your note goes with it.")
    page.goto("/bookmarks?lang=en")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove the bookmark").click()
    expect(page.locator(".empty-state")).to_be_visible()


FOLLOWED = "/chat/rooms/1", "/spaces/community", "/themes/housing", "/forums/strategy", "/topics/3"


def test_choose_by_keyboard_how_much_to_hear_and_forget_it(plain):
    page = plain("konrad")
    for path in FOLLOWED:
        page.goto(f"{path}?lang=en")
        page.locator(".follow > summary").focus()
        for key in ("Enter", "Tab", "Enter"):
            page.keyboard.press(key)
        expect(page.locator(".follow > summary")).to_contain_text("Everything")
    page.goto("/follows?lang=en")
    expect(page.locator(".row").first).to_contain_text("Immigrants' council")
    for left in range(len(FOLLOWED), 0, -1):
        expect(page.locator(".follow > summary", has_text="Everything")).to_have_count(left)
        page.get_by_role("button", name="Forget this choice").first.click()
    expect(page.locator(".follow > summary", has_text="Everything")).to_have_count(0)


def test_apply_for_a_visit(plain):
    page = plain("claire")
    page.goto("/visits/1?lang=en")
    page.locator("main a[href$='/apply']").first.click()
    for box in page.locator("main form textarea").all():
        box.fill("We open a desk next spring and want to see one at work before we train our people.")
    for box in page.locator("main form input[type=number]").all():
        box.fill("1")
    page.locator("main form button[name=save]").click()
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_url(re.compile(r"/(applications|visits)/\d+"))
    page.goto("/visits/1?lang=en")
    expect(page.locator("main a[href*='/applications/']").first).to_be_visible()


def test_change_the_settings(plain):
    page = plain("nour")
    page.goto("/settings?lang=en")
    page.fill("[name=job_title]", "Head of the welcome desk")
    press(page, "main form[action$='/settings']")
    expect(page.locator("[name=job_title]")).to_have_value("Head of the welcome desk")


def test_ask_for_a_place_with_the_code_that_came_by_mail(visit):
    page = visit(java_script_enabled=False)
    page.goto("/join?lang=en")
    answers = {
        "name": "Tomas Example",
        "email": "tomas@lyon.example",
        "job_title": "Desk officer",
        "city_name": "Lyon",
    }
    for name, value in (answers | {"password": "a long enough one", "again": "a long enough one"}).items():
        page.fill(f"[name={name}]", value)
    press(page)
    expect(page.locator("[name=code]")).to_be_visible()
    page.fill("[name=code]", code_in_the_mail(visit(java_script_enabled=False), "tomas@lyon.example"))
    press(page)
    expect(page.locator("main")).to_contain_text("Your address is confirmed")
    expect(page.locator("[name=code]")).to_have_count(0)


def code_in_the_mail(page, address):
    page.goto("/dev/mail")
    page.locator("tr, li, .row").filter(has_text=address).locator("a").first.click()
    return re.search(r"\b\d{6}\b", page.locator("main pre").first.inner_text())[0]


@pytest.mark.parametrize("is_scripted", [False, True])
def test_what_cannot_be_taken_back_is_asked_about_once(visit_as, is_scripted):
    page, asked = visit_as("claire", java_script_enabled=is_scripted), []
    page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    page.goto("/forums/reception/new?lang=en")
    page.fill("[name=title]", f"To be closed, {is_scripted}")
    page.fill("[name=text]", "Soon.")
    press(page)
    page.wait_for_url(re.compile(r"/topics/\d+"))
    topic = page.url
    for answer, posts in (("Cancel", 1), ("Yes, go on", 2)):
        asked.clear()
        if is_scripted:
            expect(page.locator("form[action$='/close'][data-alive~=confirm]")).to_be_attached()
        page.get_by_role("button", name="Close the topic").click()
        question = page.get_by_role("dialog") if is_scripted else page.locator("main")
        expect(question).to_contain_text("It will take no more replies")
        question.get_by_role("button" if is_scripted or posts == 2 else "link", name=answer).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name="Close the topic")).to_have_count(
            1 if answer == "Cancel" else 0
        )
        assert page.url.split("?")[0].split("#")[0] == topic.split("?")[0].split("#")[0]
        assert len(asked) == (posts - 1 if is_scripted else posts), asked
