"""A reply that begins with words of a post: of what the reader sees, with the way back to it, and without anybody's name."""

import re
from html import unescape

import pytest

from cityexchange.core.db import db
from cityexchange.core.text import render
from cityexchange.forums.quoting import MOST
from cityexchange.languages.models import translate
from tests.abuse.forms import form_of
from tests.drafts.factories import drafts_of, keep_draft
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory, opening, start_topic


def quoted(browser, topic, post):
    """What stands in the field for a reply."""
    answer = browser.get(f"/topics/{topic.id}?quote={post.id}")
    assert answer.status_code == 200
    return unescape(
        re.search(r'<textarea[^>]* name="text"[^>]*>\r?\n?(.*?)</textarea>', answer.text, re.DOTALL)[1]
    )


@pytest.fixture
def topic():
    return start_topic(
        author=MemberFactory(name="Ana Authorly"), text="Two desks.\n\nThey help.", language="en"
    )


def test_the_post_says_where_to_begin_a_reply_with_it(topic, sign_in, visitor):
    post = opening(topic)
    button, address = f'name="quote" value="{post.id}"', f'formaction="/topics/{topic.id}/posts#reply"'
    page = sign_in(MemberFactory()).get(f"/topics/{topic.id}").text
    assert button in page and address in page
    topic.forum.space.confidentiality = "public"
    db.session.commit()
    assert "data-quote" not in visitor.get(f"/topics/{topic.id}").text


def test_its_words_stand_in_the_field_with_the_way_back_and_no_name(topic, sign_in):
    post = opening(topic)
    text = quoted(sign_in(MemberFactory()), topic, post)
    assert text.strip() == f"> Two desks. They help.\n>\n> [Post 1](/posts/{post.id})"
    html = render(f"{text}I agree.")
    assert f'<a href="/posts/{post.id}"' in html and html.index("</blockquote>") < html.index("I agree.")
    assert "Ana" not in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("> Somebody asked\n\nWe answer", "We answer"),
        ("> One\n> > two\n\nWe answer\n\n> three", "We answer"),
        ("Use **stars** and `code`", "Use stars and code"),
        (r"Write \*\*this\*\* and \[that\]", r"Write \*\*this\*\* and \[that\]"),
        ("我们有两个窗口。", "我们有两个窗口。"),
        ("لدينا مكتبان", "لدينا مكتبان"),
        ("Thanks @nour-ben-salah", "Thanks @nour-ben-salah"),
    ],
)
def test_its_own_words_are_quoted_as_they_read(sign_in, text, words):
    MemberFactory(name="Nour Ben Salah", handle="nour-ben-salah")
    topic = start_topic(text=text)
    assert quoted(sign_in(MemberFactory()), topic, opening(topic)).splitlines()[0] == f"> {words}"


def test_of_a_long_post_the_beginning(sign_in):
    topic = start_topic(text="word " * 2_000)
    line = quoted(sign_in(MemberFactory()), topic, opening(topic)).splitlines()[0]
    assert MOST // 2 < len(line) <= MOST + 2 and line.endswith("…")


def test_who_reads_a_translation_quotes_what_they_read(sign_in):
    topic = start_topic(text="Nous avons ouvert un guichet pour tous.", language="fr")
    translate(opening(topic), "text", "en", "We have opened a desk for all.")
    db.session.commit()
    text = quoted(sign_in(MemberFactory(languages_read=["en"])), topic, opening(topic))
    assert text.startswith("> We have opened a desk for all.")


def test_the_reply_stands_at_the_end_of_a_long_topic(topic, sign_in):
    for number in range(25):
        topic.post(MemberFactory(), f"Reply {number}")
    db.session.commit()
    page = sign_in(MemberFactory()).get(f"/topics/{topic.id}?quote={opening(topic).id}").text
    assert "Reply 24" in page and "Reply 3<" not in page and "&gt; Two desks." in page


@pytest.mark.parametrize("confidentiality", ["chatham", "public", "group"])
def test_who_wrote_is_named_nowhere(sign_in, confidentiality):
    space, reader = SpaceFactory(confidentiality=confidentiality), MemberFactory()
    space.admit(reader)
    author = MemberFactory(name="Ana Authorly", handle="ana-authorly")
    topic = start_topic(ForumFactory(space=space), author, text="Two desks.")
    db.session.commit()
    text = quoted(sign_in(reader), topic, opening(topic))
    assert "desks" in text and "ana" not in text.lower()


BEGUN = {
    "in Latin": "We begin.",
    "in Arabic": "نبدأ هنا.\r\n\r\nوبعد؟",
    "in Chinese, with gaps": "我们开始\r\n\r\n\r\n",
    "nothing but gaps": " \r\n",
}


def after(begun, quote):
    own = begun.replace("\r\n", "\n").strip()
    return f"{own}\n\n{quote}" if own else quote


@pytest.mark.parametrize("begun", BEGUN)
@pytest.mark.parametrize("way", ["a draft", "the form"])
def test_a_quote_stands_after_what_was_begun_and_once(topic, sign_in, begun, way):
    member, post, page, words = MemberFactory(), opening(topic), f"/topics/{topic.id}", BEGUN[begun]
    browser = sign_in(member)
    quote = quoted(browser, topic, post)
    if way == "a draft":
        keep_draft(member, f"{page}/posts", text=words)
        shown = browser.get(f"{page}?quote={post.id}")
    else:
        form = form_of(browser.get(page).text, f"{page}/posts")
        shown = browser.post(f"{page}/posts", data=form | {"text": words, "quote": post.id})
    again = form_of(shown.text, f"{page}/posts")
    assert shown.status_code == 200
    assert again["text"].strip() == after(words, quote).strip()

    twice = browser.post(f"{page}/posts", data=again | {"quote": post.id})
    assert form_of(twice.text, f"{page}/posts")["text"].count("> Two desks.") == 1
    assert topic.post_count == 1


def test_a_draft_and_a_quote_are_of_one_hand(topic, sign_in):
    """Kept again, the form knows the draft that it began with: no other device wrote it."""
    member, page = MemberFactory(), f"/topics/{topic.id}"
    browser = sign_in(member)
    keep_draft(member, f"{page}/posts", text="We begin.")
    form = form_of(browser.get(f"{page}?quote={opening(topic).id}").text, f"{page}/posts")
    assert browser.post(f"/drafts?place={page}/posts", data=form).status_code == 303
    ((_, kept),) = drafts_of(member)
    assert kept["text"].startswith("We begin.") and "> Two desks." in kept["text"]


@pytest.mark.parametrize(
    "quote", ["of another topic", "removed", "not seen", "none", "0", "-1", "x", "", "²", "9" * 12]
)
def test_what_is_not_there_for_the_reader_is_quoted_to_nobody_and_the_topic_opens(topic, sign_in, quote):
    closed = start_topic(ForumFactory(space=SpaceFactory(confidentiality="group")), text="Secret words")
    removed = topic.post(topic.author, "Removed words")
    removed.remove(topic.author)
    db.session.commit()
    number = {
        "of another topic": opening(start_topic(text="Other words")).id,
        "removed": removed.id,
        "not seen": opening(closed).id,
        "none": 999_999_999,
    }.get(quote, quote)
    member, page = MemberFactory(), f"/topics/{topic.id}"
    keep_draft(member, f"{page}/posts", text="We begin.")
    browser = sign_in(member)
    form = form_of(browser.get(page).text, f"{page}/posts")
    for answer in (
        browser.get(f"{page}?quote={number}"),
        browser.post(f"{page}/posts", data=form | {"quote": number}),
    ):
        assert answer.status_code == 200 and "There is nothing to quote" in answer.text
        assert form_of(answer.text, f"{page}/posts")["text"].strip() == "We begin."
        assert not any(words in answer.text for words in ("Other words", "Removed words", "Secret words"))


def test_where_no_reply_is_taken_the_page_comes_without_one(topic, sign_in, visitor):
    topic.close(topic.author)
    topic.forum.space.confidentiality = "public"
    db.session.commit()
    for browser in (sign_in(MemberFactory()), sign_in(guest()), visitor):
        answer = browser.get(f"/topics/{topic.id}?quote={opening(topic).id}")
        assert answer.status_code == 200 and "<textarea" not in answer.text
