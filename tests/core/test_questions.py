"""What is asked about first is asked without scripts too: a page in between, which changes nothing and carries all that was sent."""

import re

import pytest
from werkzeug.datastructures import MultiDict

from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory
from tests.forums.factories import start_topic

QUESTION = {"question_first": 'Close "it"? لا رجوع'}


@pytest.fixture
def topic(app):
    return start_topic()


@pytest.fixture
def browser(topic, sign_in):
    return sign_in(topic.author)


def fields_of(page):
    form = page.split('<form class="form"')[1].split("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_question_is_a_page_that_changes_nothing_until_it_is_answered(topic, browser):
    address = f"/topics/{topic.id}/close"
    asked = browser.post(
        address, data=QUESTION, headers={"Referer": f"http://localhost/topics/{topic.id}?page=2"}
    )

    assert asked.status_code == 200 and topic.state == "open"
    assert "<h1" in asked.text and "Close &#34;it&#34;? لا رجوع" in asked.text
    assert f'action="{address}"' in asked.text and f'href="/topics/{topic.id}?page=2"' in asked.text
    answered = browser.post(address, data=fields_of(asked.text))
    assert answered.status_code == 303 and topic.state == "closed"


def test_all_that_was_sent_is_sent_again(topic, browser):
    sent = MultiDict(
        [("tags", "a"), ("tags", 'b"<'), ("version", "3"), ("csrf_token", "old"), *QUESTION.items()]
    )
    page = browser.post(f"/topics/{topic.id}/close?lang=en&next=/forums", data=sent).text
    form = page.split('<form class="form"')[1].split("</form>")[0]

    assert re.findall(r'name="tags" value="([^"]*)"', form) == ["a", "b&#34;&lt;"]
    assert fields_of(page)["version"] == "3" and "question_first" not in form and "old" not in form
    assert f"/topics/{topic.id}/close?lang=en&amp;next=/forums" in form


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/x",
        "http://localhost//evil.example",
        "nonsense",
        "",
        "http://localhost.evil.example/",
    ],
)
def test_no_leads_nowhere_else(topic, browser, page):
    asked = browser.post(f"/topics/{topic.id}/close", data=QUESTION, headers={"Referer": page})
    if asked.status_code == 200:
        form = asked.text.split('<form class="form"')[1].split("</form>")[0]
        assert re.findall(r'href="([^"]*)"', form) == ["/"]
    else:
        assert asked.status_code == 403, "sent from another site"


def test_a_program_that_asks_nothing_is_not_asked(topic, browser):
    assert browser.post(f"/topics/{topic.id}/close").status_code == 303


def test_at_the_wall_nobody_is_asked(topic, visitor):
    assert visitor.post(f"/topics/{topic.id}/close", data=QUESTION).status_code == 401


def test_a_form_with_an_old_token_travels_with_its_question_and_shows_it_as_nobodys_words(
    app, topic, browser, monkeypatch
):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    question = {"question_first": "Close this topic? It will take no more replies, from nobody, ever again."}
    page = browser.post(f"/topics/{topic.id}/close", data=question | {"reason": "x" * 99})

    assert page.status_code == 400
    assert (
        "What you typed" not in page.text
        or question["question_first"] not in page.text.split("<textarea")[-1]
    )


def test_the_page_after_a_yes_meets_the_rights(sign_in):
    room = RoomFactory()
    browser = sign_in(MemberFactory())
    asked = browser.post(f"/chat/rooms/{room.id}/archive", data=QUESTION)
    assert asked.status_code == 200
    assert browser.post(f"/chat/rooms/{room.id}/archive", data=fields_of(asked.text)).status_code == 403
