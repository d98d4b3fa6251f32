"""Where the beginning of a text stands, or a text alone, it calls people by the names that the reader may read, as its page does."""

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.core.db import db
from cityexchange.core.text import excerpt
from cityexchange.languages.asks import TranslationAsk
from tests.chat.factories import RoomFactory
from tests.drafts.factories import keep_draft
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory
from tests.languages.test_asking import knowing

NAME, HANDLE = "Nour Ben Salah", "@nour-ben-salah"
WORDS = f"Merci {HANDLE} and #sfax, at last."


@pytest.fixture
def nour():
    return MemberFactory(name=NAME, handle="nour-ben-salah")


def topic_in(space, author, text=WORDS):
    topic = ForumFactory(space=space).start_topic(author, title="Thanks", text="Who?", language="en")
    return topic.post(author, text, language="en")


def chatham(*members):
    space = SpaceFactory(confidentiality="chatham", joining="invitation")
    for one in members:
        space.admit(one)
    return space


def words_of(page):
    return excerpt(page.text.partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize("path", ["/drafts", "/mine"])
def test_how_a_draft_begins(nour, sign_in, path):
    ana, observer = MemberFactory(), guest()
    keep_draft(ana, "/topics/new", text=WORDS)
    keep_draft(observer, "/topics/new", text=WORDS)
    db.session.commit()

    assert f"Merci @{NAME} and" in sign_in(ana).get(path).text
    page = sign_in(observer).get(path).text
    assert f"Merci {HANDLE} and" in page and NAME not in page


def test_names_in_drafts_are_of_today_and_one_question_for_all(nour, sign_in, count_queries):
    ana = MemberFactory()
    browser, counts = sign_in(ana), []
    for number, text in enumerate(["Nobody", WORDS, f"{HANDLE} again", f"@nobody-here and {HANDLE}"]):
        keep_draft(ana, f"/topics/{number}/posts", text=text)
        db.session.commit()
        browser.get("/drafts")
        with count_queries() as queries:
            browser.get("/drafts")
        counts.append(sum("handle IN" in one for one in queries))
    assert counts == [0, 1, 1, 1]

    nour.name = "Nour Trabelsi"
    db.session.commit()
    assert "@Nour Trabelsi again" in browser.get("/drafts").text
    leave(nour)
    db.session.commit()
    assert "Trabelsi" not in browser.get("/drafts").text


@pytest.fixture
def ana():
    return MemberFactory()


ALONE = {
    "to be removed": lambda post, message: f"/posts/{post.id}/remove",
    "to be translated": lambda post, message: f"/translations/Post/{post.id}",
    "a message to be removed": lambda post, message: f"/chat/messages/{message.id}/remove",
    "replied to": lambda post, message: f"/chat/rooms/{message.room_id}?reply_to={message.id}",
}


@pytest.mark.parametrize("page", ALONE)
@pytest.mark.parametrize("is_chatham", [False, True], ids=["open", "under the Chatham House Rule"])
def test_a_text_that_stands_alone(nour, ana, sign_in, page, is_chatham):
    space = chatham(ana) if is_chatham else SpaceFactory()
    post = topic_in(space, ana)
    message = RoomFactory(space=space).post(ana, WORDS)
    db.session.commit()

    words = words_of(sign_in(ana).get(ALONE[page](post, message)))
    assert (HANDLE in words, NAME in words) == (is_chatham, not is_chatham)


@pytest.mark.parametrize("is_chatham", [False, True], ids=["open", "under the Chatham House Rule"])
def test_what_waits_for_a_translation(nour, sign_in, is_chatham):
    asker, reader = MemberFactory(), knowing({"en": "reads", "fr": "fluent"})
    space = chatham(asker, reader) if is_chatham else SpaceFactory()
    post = topic_in(space, asker, f"**Merci** {HANDLE}")
    TranslationAsk.of(asker, post, "fr").ask(post)
    db.session.commit()

    for path in ("/translations", "/"):
        words = words_of(sign_in(reader).get(path))
        assert f"Merci {HANDLE if is_chatham else f'@{NAME}'}" in words
