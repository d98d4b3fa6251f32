"""A reply that begins with words of a post: of what the reader sees, with the way back to it, and without anybody's name."""

import re
from html import unescape

import pytest

from cityexchange.core.db import db
from cityexchange.core.text import render
from cityexchange.forums.quoting import MOST
from cityexchange.languages.models import translate
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
    address = f'href="/topics/{topic.id}?quote={post.id}#reply"'
    assert address in sign_in(MemberFactory()).get(f"/topics/{topic.id}").text
    topic.forum.space.confidentiality = "public"
    db.session.commit()
    assert address not in visitor.get(f"/topics/{topic.id}").text


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


@pytest.mark.parametrize(
    "quote", ["of another topic", "removed", "not seen", "none", "0", "-1", "x", "9" * 12]
)
def test_what_is_not_there_for_the_reader_is_quoted_to_nobody(topic, sign_in, quote):
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
    answer = sign_in(MemberFactory()).get(f"/topics/{topic.id}?quote={number}")
    assert answer.status_code == 404 and "words" not in answer.text.split("<main")[1].split("</main")[0]


def test_where_no_reply_is_taken_the_page_comes_without_one(topic, sign_in, visitor):
    topic.close(topic.author)
    topic.forum.space.confidentiality = "public"
    db.session.commit()
    for browser in (sign_in(MemberFactory()), sign_in(guest()), visitor):
        answer = browser.get(f"/topics/{topic.id}?quote={opening(topic).id}")
        assert answer.status_code == 200 and "<textarea" not in answer.text
