"""What the house is for: Nour in Arabic and Claire in French, each in a browser of her own, meet in it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import say
from tests.browser.pages import SEND
from tests.browser.waiting import entering, until_at_work

pytestmark = pytest.mark.every_database
QUESTION = "كيف تستقبلون الوافدين الجدد في الأسبوع الأول؟"
ANSWER = "Chez nous, un seul guichet, deux agents."
SPANISH = "En nuestra ciudad hay una sola ventanilla y dos agentes."  # which Nour does not read


def sign_in_by_one_press(page, name, language):
    page.goto(f"/?lang={language}")
    page.get_by_role("button", name=name).click()
    expect(page.locator(".own-menu")).to_be_visible()
    return page


def nour_and_claire(visit):
    return (
        sign_in_by_one_press(visit(locale="ar"), "Nour Ben Salah", "ar"),
        sign_in_by_one_press(visit(locale="fr"), "Claire Vasseur", "fr"),
    )


def enter_room(page):
    page.goto("/chat/rooms/1")
    expect(page.locator("[data-mode=live]")).to_be_attached()


def test_nour_asks_in_arabic_and_sees_the_answer_of_claire_arrive(visit):
    nour, claire = nour_and_claire(visit)
    nour.goto("/forums/reception/new")
    nour.fill("[name=title]", QUESTION)
    nour.fill("[name=text]", QUESTION + " نريد أن نفتح مكتبا واحدا.")
    nour.locator(f"main form button{SEND}").click()
    expect(nour.locator("h1")).to_have_text(QUESTION)
    nour.evaluate("window.isTheSamePage = true")
    topic = re.sub(r"[?#].*", "", nour.url)
    claire.goto(topic)
    assert claire.evaluate("document.documentElement.dir") == "ltr"
    assert direction(claire.locator("h1")) == direction(claire.locator(".post__text").first) == "rtl"
    claire.fill("[name=text]", ANSWER)
    claire.locator(f"main form[action$='/posts'] button{SEND}").click()
    arrived = nour.locator(".post--new .post__text")
    expect(arrived).to_have_text(ANSWER)
    assert nour.evaluate("window.isTheSamePage")
    assert nour.evaluate("document.documentElement.dir") == "rtl"
    assert direction(arrived) == "ltr"
    assert arrived.get_attribute("lang") == "fr"


def test_what_is_said_for_a_city_is_marked_and_unmarked_while_one_reads(visit):
    nour, claire = nour_and_claire(visit)
    claire.goto("/topics/11")
    claire.fill("#reply [name=text]", "Nous ouvrons en mai.")
    claire.locator(f"#reply {SEND}").click()
    claire.wait_for_url(re.compile("#post-"))
    edit = claire.locator(".post a[href$='/edit']").last.get_attribute("href")
    with entering(nour):
        nour.goto("/topics/11")
    marks = nour.locator(".post__mark--official:visible")
    expect(nour.locator(".post__text").last).to_have_text("Nous ouvrons en mai.")
    before = marks.count()
    for is_official, count in ((True, before + 1), (True, before + 1), (False, before)):
        claire.goto(edit)
        claire.locator("[name=is_official]").set_checked(is_official)
        claire.fill("[name=text]", f"Nous ouvrons en mai, {is_official}.")
        claire.locator(f"main form {SEND}").first.click()
        expect(nour.locator(".post__text").last).to_have_text(f"Nous ouvrons en mai, {is_official}.")
        expect(marks).to_have_count(count)


def test_both_register_for_a_workshop(visit):
    for page in nour_and_claire(visit):
        page.goto("/workshops/1")
        if (withdraw := page.locator("#registration form[action$='/withdraw'] button")).count():
            until_at_work(page)  # until then nobody asks
            withdraw.click()
            page.locator("dialog button[value=yes]").click()
        page.locator("#registration [name=mode]").first.check()
        page.locator("#registration button[type=submit]").click()
        expect(page.locator("#registration .notice--success")).to_be_visible()
        assert "/workshops/1" in page.url
        page.goto("/workshops")
        expect(
            page.locator(".card", has=page.locator("a[href='/workshops/1']")).locator(".badge")
        ).to_have_count(2)


def test_both_chat_live_with_each_other(visit):
    nour, claire = nour_and_claire(visit)
    enter_room(nour)
    enter_room(claire)
    say(nour, "مرحبا كلير")
    heard = claire.locator(".message", has_text="مرحبا كلير")
    expect(heard).to_be_visible()
    assert direction(heard.locator(".message__text")) == "rtl"
    say(claire, "Bonjour Nour, bienvenue")
    heard = nour.locator(".message", has_text="Bonjour Nour, bienvenue")
    expect(heard).to_be_visible()
    expect(heard).to_contain_text("Claire Vasseur")
    assert direction(heard.locator(".message__text")) == "ltr"


def test_a_reply_that_arrives_looks_as_it_does_after_a_reload(visit):
    nour, claire = nour_and_claire(visit)
    for page in (nour, claire):
        page.goto("/topics/3")
    claire.fill("[name=text]", "Chez nous, un carnet suffit.")
    claire.locator(f"main form[action$='/posts'] button{SEND}").click()
    reply = nour.locator(".post", has_text="un carnet suffit")
    expect(reply.locator(".avatar")).to_have_text("CV")
    arrived = look(reply)
    nour.reload()

    assert arrived == look(reply)
    assert ["A", "person__name"] in [part[:2] for part in arrived]


def test_a_message_that_arrives_looks_as_it_does_after_a_reload(visit):
    nour, claire = nour_and_claire(visit)
    enter_room(nour)
    enter_room(claire)
    say(nour, "خبر قصير لكم")
    message = claire.locator(".message", has_text="خبر قصير لكم")
    expect(message.locator(".avatar")).to_have_text("NS")
    arrived = look(message)
    enter_room(claire)

    assert arrived == look(message)


def test_words_that_change_under_a_reader_come_with_the_note_that_their_translation_is_older(visit):
    nour, claire = nour_and_claire(visit)
    claire.goto("/topics/4")
    claire.fill("[name=text]", SPANISH)
    claire.locator(f"main form[action$='/posts'] button{SEND}").click()
    post = claire.locator(".post", has_text=SPANISH).last.get_attribute("id").removeprefix("post-")
    nour.goto(f"/translations/Post/{post}?next=/posts/{post}")
    nour.fill("main [name=text]", "عندنا شباك واحد وموظفان.")
    with entering(nour):
        nour.locator(f"main form button{SEND}").last.click()
    item = nour.locator(f"#post-{post}")
    mark = item.locator(".translation-mark")
    expect(mark).to_be_visible()
    before = mark.text_content()

    claire.goto(f"/posts/{post}/edit")
    claire.fill("main [name=text]", "Ahora tenemos dos ventanillas y cuatro agentes.")
    claire.locator(f"main form button{SEND}").first.click()

    expect(item.locator(".original .written")).to_have_text("Ahora tenemos dos ventanillas y cuatro agentes.")
    expect(item.locator(f"a[href='/posts/{post}/revisions']")).to_be_visible()
    arrived = mark.text_content(), look(item)
    assert arrived[0] != before
    nour.reload()
    assert arrived == (mark.text_content(), look(item))


def test_what_one_says_without_a_name_is_ones_own_all_the_same(visit):
    _, claire = nour_and_claire(visit)
    claire.goto("/chat/rooms/3")
    expect(claire.locator("[data-mode=live]")).to_be_attached()
    say(claire, "Said under the rule.")

    expect(claire.locator(".message[data-number]", has_text="Said under the rule.")).to_have_class(
        re.compile("message--own")
    )


def look(item):
    """What a reader is shown of it, piece by piece; but for its foot, which is for who may do something with it."""
    return item.evaluate(
        """e => [...e.querySelectorAll(":not(.post__foot, .post__foot *)")].filter((part) => part.checkVisibility()).map((part) => [
            part.tagName, part.className, part.getAttribute("href"), part.lang, part.dir, getComputedStyle(part).backgroundColor,
            part.childElementCount ? "" : part.textContent.trim()])"""
    )


def direction(place):
    """Of the words themselves: each paragraph goes its own way."""
    return place.evaluate("e => getComputedStyle(e.querySelector('p') ?? e).direction")
