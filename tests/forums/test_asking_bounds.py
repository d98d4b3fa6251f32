"""The form for a topic, of whatever is sent to it: what it costs, and what it takes over."""

import re
from pathlib import Path

import pytest

from cityexchange.core.db import db, utcnow
from cityexchange.forums.limits import SUGGESTIONS
from cityexchange.forums.models import Topic
from cityexchange.themes import recognising
from tests.calls import calls_of
from tests.factories import SpaceFactory
from tests.forums.factories import ForumFactory, newest
from tests.forums.test_asking import WORDS, offered, ticked

RECOGNISING = Path(recognising.__file__).name
UNITS = ["a", "school", "وال", "学", "ab ", "школа ", "l'", "ﷺ", "e\u0316\u0301"]


def long(unit, signs):
    return (unit * signs)[:signs]


@pytest.mark.parametrize("unit", ["a", "school", "وال", "学"])
def test_a_word_costs_the_same_however_long_it_is(unit):
    recognising.themes_in("warm")
    few, many = (
        calls_of(recognising.themes_in, long(unit, signs), file=RECOGNISING) for signs in (10_000, 20_000)
    )
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
    few, many = (calls_of(send, signs, file=RECOGNISING) for signs in (10_000, 20_000))
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


@pytest.fixture
def led(ana):
    """A forum that Ana looks after."""
    forum = ForumFactory(slug="led", space=SpaceFactory(confidentiality="group"))
    forum.space.appoint(forum.space.admit(ana), "facilitator")
    return forum


def test_who_may_announce_somewhere_is_offered_it_until_a_forum_is_chosen(
    sign_in, ana, ben, led, facilitator
):
    ForumFactory(slug="other")
    led.space.admit(ben)
    for member, path, is_offered in (
        (ana, "/ask", True),
        (ana, "/ask?forum=led", True),
        (ana, "/forums/led/new", True),
        (ana, "/ask?forum=other", False),
        (ana, "/ask?forum=nowhere", True),
        (facilitator, "/ask", True),
        (ben, "/ask", False),
        (ben, "/ask?forum=led", False),
    ):
        kinds = offered(sign_in(member).get(path).text, "kind")
        assert ("announcement" in kinds) is is_offered and "story" in kinds, (member.name, path)


@pytest.mark.parametrize("gone", ["archived_at", "role"])
def test_where_one_no_longer_looks_after_anything_none_is_offered(sign_in, ana, led, gone):
    ForumFactory(slug="other")
    if gone == "role":
        led.space.membership_of(ana).role = "member"
    else:
        led.space.archived_at = utcnow()
    assert "announcement" not in offered(sign_in(ana).get("/ask").text, "kind")


def test_an_announcement_comes_from_the_general_form(sign_in, ana, led):
    browser, words = sign_in(ana), WORDS | {"kind": "announcement"}
    answer = browser.post("/ask", data=words)
    assert answer.status_code == 422 and ticked(answer.text, "kind") == ["announcement"]
    assert browser.post("/ask", data=words | {"forum": "led"}).status_code == 303
    assert (newest().topic.kind, newest().topic.forum) == ("announcement", led)


REFUSED = {
    "en": "Only those who look after this forum can announce",
    "fr": "seules les personnes qui s&#39;en occupent publient",
    "es": "solo publican anuncios quienes se ocupan de él",
    "ru": "объявления публикуют только те",
    "ar": "لا ينشر الإعلانات في هذا المنتدى",
    "zh": "只有负责管理的人可以发布公告",
}


@pytest.mark.parametrize("language", REFUSED)
@pytest.mark.parametrize("path", ["/ask", "/forums/other/new"])
def test_where_one_may_not_announce_a_sentence_says_so(sign_in, ana, led, language, path):
    ForumFactory(slug="other")
    words = WORDS | {"kind": "announcement", "forum": "other"}
    answer = sign_in(ana).post(f"{path}?lang={language}", data=words)
    assert answer.status_code == 422 and ticked(answer.text, "kind") == ["announcement"]
    part = answer.text.split('id="kind"')[1].split("</fieldset>")[0]
    assert REFUSED[language] in part and part.count("field__error") == 1
    assert db.session.scalar(db.select(Topic)) is None


def test_who_may_announce_nowhere_is_neither_offered_it_nor_taken_at_their_word(sign_in, ben):
    ForumFactory(slug="other")
    words = WORDS | {"kind": "announcement", "forum": "other"}
    answer = sign_in(ben).post("/ask", data=words)
    assert answer.status_code == 422 and "announcement" not in offered(answer.text, "kind")
    assert db.session.scalar(db.select(Topic)) is None


def test_the_form_asks_the_same_of_the_database_however_many_forums_there_are(sign_in, ana, count_queries):
    browser, costs = sign_in(ana), []
    for crowd in (1, 8):
        for _ in range(crowd):
            ForumFactory(space=SpaceFactory())
        with count_queries() as statements:
            browser.get("/ask")
        costs.append(len([one for one in statements if not one.startswith("BEGIN")]))
    assert costs[0] == costs[1]


BROUGHT = [
    ("How to begin?", "How to begin?"),
    ("  How to begin? \u200b", "How to begin?"),
    ("How\nto begin?", ""),
    ("How\r\nto begin?", ""),
    ("How\u2028to begin?", ""),
    ("Rent \u202egnp.exe", ""),
    ("Rent \u2067gnp.exe", ""),
    ("A\x00B", "AB"),
    ("A\x1bB", ""),
    ("A\tB", ""),
    ("\u200b\u2800\u3164", ""),
    ("\n\u202e", ""),
    ("Cafe\u0301", "Café"),
    ("می\u200cخواهیم", "می\u200cخواهیم"),
    ("👩\u200d🏫 at school", "👩\u200d🏫 at school"),
    ("كيف نبدأ؟", "كيف نبدأ؟"),
    ("x" * 5_000, "x" * 200),
    ("学" * 5_000, "学" * 200),
    ("\u0958" * 5_000, "\u0915\u093c" * 100),
]


@pytest.mark.parametrize(("sent", "title"), BROUGHT)
@pytest.mark.parametrize("path", ["/ask", "/forums/open/new"])
def test_the_address_brings_a_line_or_nothing(sign_in, ana, path, sent, title):
    ForumFactory(slug="open")
    page = sign_in(ana).get(path, query_string={"title": sent}).text
    (field,) = re.findall(r'<input [^>]*name="title"[^>]*>', page)
    assert re.search(r'value="([^"]*)"', field)[1] == title
    assert "cannot be seen" not in page
