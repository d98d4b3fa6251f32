"""The form for a topic, of whatever is sent to it: what it costs, and what it takes over."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from cityexchange.forums.limits import SUGGESTIONS
from cityexchange.themes import recognising
from tests.forums.factories import ForumFactory
from tests.forums.test_asking import WORDS, offered, ticked

RECOGNISING = Path(recognising.__file__).name
UNITS = ["a", "school", "وال", "学", "ab ", "школа ", "l'", "ﷺ", "e\u0316\u0301"]


def calls_of(deed, *values):
    """How many functions the guessing of themes calls: a measure of work that no machine changes."""
    counted = Counter()

    def note(frame, event, _value):
        if frame.f_code.co_filename.endswith(RECOGNISING):
            counted.update([event])

    sys.setprofile(note)
    try:
        deed(*values)
    finally:
        sys.setprofile(None)
    return counted["call"] + counted["c_call"]


def long(unit, signs):
    return (unit * signs)[:signs]


@pytest.mark.parametrize("unit", ["a", "school", "وال", "学"])
def test_a_word_costs_the_same_however_long_it_is(unit):
    recognising.themes_in("warm")
    few, many = (calls_of(recognising.themes_in, long(unit, signs)) for signs in (10_000, 20_000))
    assert 0 < few == many


@pytest.mark.parametrize("field", ["title", "text"])
@pytest.mark.parametrize("unit", UNITS)
def test_a_refused_form_costs_the_same_however_much_was_sent(sign_in, ana, field, unit):
    ForumFactory()
    browser = sign_in(ana)

    def send(signs):
        answer = browser.post("/ask", data=WORDS | {field: long(unit, signs)})
        assert answer.status_code == 422

    send(10_000)
    few, many = calls_of(send, 10_000), calls_of(send, 20_000)
    assert 0 < few == many


def test_beyond_the_limit_the_form_comes_back_without_suggestions(sign_in, ana):
    ForumFactory(slug="education", name="School")
    browser, words = sign_in(ana), WORDS | {"title": "A school in our street"}
    assert ticked(browser.post("/ask", data=words).text, "forum") == ["education"]
    while SUGGESTIONS.has_room(ana.id):
        pass
    answer = browser.post("/ask", data=words)
    assert answer.status_code == 422 and ticked(answer.text, "forum") == []
    assert "A school in our street" in answer.text and offered(answer.text, "forum") == ["education"]
    assert browser.post("/ask", data=words | {"forum": "education"}).status_code == 303
