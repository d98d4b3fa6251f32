"""What comes out of a text is bounded by what went in: something short that stands for something long is shown as typed."""

import pytest

from cityexchange.core.text import plain, render
from cityexchange.core.text.rendering import LEAST_HTML, MOST_HTML
from cityexchange.forums.models import Post
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory
from tests.forums.factories import start_topic

HEAD = "|a" * 20 + "\n" + "|-" * 19 + "|-\n"
LONG = "y" * 2_000
AMPLIFIERS = {
    "a link that is named again and again": f"[a]: http://x.example/{LONG}\n\n" + "[a] " * 200,
    "the same with a title": f'[a]: /x "{LONG}"\n\n' + "[a] " * 200,
    "the same as a picture": f"[a]: http://x.example/{LONG}\n\n" + "![a] " * 200,
    "a wide head over short rows": HEAD + "|b\n" * 400,
    "many such tables": (HEAD + "|b\n" * 20 + "\n") * 20,
    "quotes in quotes": (">" * 11 + " a\n\n") * 200,
    "lists in lists": ("* " * 10 + "a\n\n") * 200,
}
ORDINARY = {
    "a list": "* one thing\n" * 300,
    "a table of a report": "|City|2024|2025|\n|-|-|-|\n" + "|Lyon|12|14|\n" * 200,
    "a table with empty cells": "|a|b|c|d|e|\n|-|-|-|-|-|\n" + "|x| | | | |\n" * 100,
    "a list of links": "* [the plan](https://tunis.example/plan)\n" * 100,
    "a link named twice": "[a]: https://tunis.example/plan\n\nSee [a], and once more [a].",
    "quotes of a thread": "> > a first word\n>\n> an answer\n\nand mine\n\n" * 40,
    "a word": "a",
}


def most(text):
    return LEAST_HTML + MOST_HTML * len(text)


@pytest.mark.parametrize("name", AMPLIFIERS)
def test_what_would_bury_a_page_is_shown_as_typed(name):
    text = AMPLIFIERS[name]
    html = render(text)

    assert len(html) <= most(text)
    assert " ".join(text.split()[:3])[:20] in plain(text) or "<table" in html


@pytest.mark.parametrize("factor", [1, 4])
@pytest.mark.parametrize("name", AMPLIFIERS)
def test_it_grows_with_the_text_and_not_with_its_square(name, factor):
    text = AMPLIFIERS[name] * factor

    assert len(render(text)) <= most(text)


@pytest.mark.parametrize("name", ORDINARY)
def test_what_people_write_is_drawn(name):
    text = ORDINARY[name]
    html = render(text)

    assert len(html) <= most(text)
    marks = {"*": "<li", "|": "<table", "[": "<a ", ">": "<blockquote", "a": "<p"}
    assert marks[text[0]] in html


@pytest.mark.parametrize("name", AMPLIFIERS)
def test_posts_and_messages_keep_no_more(app, name):
    text, author = AMPLIFIERS[name][:4_000], MemberFactory()
    post = start_topic(author=author).post(author, text)
    message = RoomFactory().post(author, text)

    assert isinstance(post, Post)
    assert len(post.html) <= most(text) and len(message.html) <= most(text)
