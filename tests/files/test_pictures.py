"""Pictures in texts: shown small with their size and words, and no others than those sent in."""

import re

import pytest

from cityexchange.core.text import excerpt, mentioned, plain, render
from tests.factories import MemberFactory
from tests.files import factories as made


@pytest.fixture
def desk(sent):
    return sent(MemberFactory(), made.picture(size=(1000, 250)), "our desk.png")


def address(file):
    return f"/files/{file.id}/our%20desk.webp"


def test_a_picture_that_was_sent_in_is_shown_small_with_its_size_and_leads_to_the_large_one(desk):
    html = render(f"![Our *desk*]({address(desk)})")

    assert re.search(
        rf'<a href="{address(desk)}"[^>]* class="picture"|<a class="picture" href="{address(desk)}"', html
    ), html
    [image] = re.findall(r"<img [^>]*>", html)
    for attribute in (
        f'src="{address(desk)}?size=small"',
        'alt="Our desk"',
        'width="320"',
        'height="80"',
        'loading="lazy"',
    ):
        assert attribute in image


@pytest.mark.parametrize("words", ["", "  ", "\u200b", "&#8203;", "\u2800"])
def test_a_picture_of_which_nothing_is_said_has_the_name_of_its_file(desk, words):
    assert 'alt="our desk.webp"' in render(f"![{words}]({address(desk)})")


def test_a_picture_smaller_than_small_has_its_own_size(sent):
    file = sent(MemberFactory(), made.picture(size=(30, 200)), "a.png")
    assert 'width="30" height="200"' in render(f"![A door](/files/{file.id}/a.webp)")


OUR = "our%20desk.webp"
# An address in a text, of which {} is the number of a picture of ours or of a document.
OTHERS = [
    f"/files/99999/{OUR}", "/files/{document}/plan.pdf", f"https://elsewhere.example/files/{{picture}}/{OUR}",
    f"//elsewhere.example/files/{{picture}}/{OUR}", f"/files/{{picture}}/{OUR}?size=large", f"/files/{{picture}}/b/{OUR}",
    f"/cities/1/{OUR}", f"/files/{{picture}}/{OUR}#x", f"javascript:/files/{{picture}}/{OUR}",
    "/files/{picture}/guessed.webp", "/files/{picture}/x",
]  # fmt: skip


@pytest.mark.parametrize("other", OTHERS)
def test_nothing_else_is_a_picture(sent, desk, other):
    document = sent(MemberFactory(), made.PDF, "plan.pdf")
    assert "<img" not in render(f"![x]({other.format(picture=desk.id, document=document.id)})")


@pytest.mark.parametrize(
    "words", ['"onerror="alert(1)', "<script>alert(1)</script>", "x](javascript:alert(1))", "`code` & more"]
)
def test_what_it_shows_is_words_and_nothing_else(desk, words):
    html = render(f"![{words}]({address(desk)})")
    for tag in re.findall(r"<[^>]*>", html):
        names = re.findall(r'([\w-]+)="', re.sub(r'="[^"]*"', '=""', tag))
        assert set(names) <= {"src", "alt", "width", "height", "loading", "href", "class", "rel", "dir"}, tag
    assert "<script" not in html


def test_where_there_are_only_words_its_words_stand(desk):
    text = f"Look:\n\n![A desk & a lamp]({address(desk)})"

    assert plain(text) == excerpt(render(text)) == "Look: A desk & a lamp"


def test_a_picture_in_a_link_leaves_the_link(desk):
    html = render(f"[![Our desk]({address(desk)})](https://lyon.example/)")
    assert "<img" not in html and 'href="https://lyon.example/"' in html


def test_the_words_of_a_picture_call_nobody(desk):
    assert mentioned(f"![@nour]({address(desk)})")["members"] == []
