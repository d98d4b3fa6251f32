"""The landing page as a picture of the network: cities, answers between them, and one question that was answered."""

import re
from datetime import timedelta

import pytest

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.forums.between import DAYS, answers_between
from cityexchange.languages.models import translate
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic


def landing(visitor, language="en"):
    return visitor.get(f"/?lang={language}").text


def speaker(name, latitude, longitude):
    city = CityFactory(name=name, latitude=latitude, longitude=longitude, working_languages=["fr"])
    return MemberFactory(city=city)


@pytest.fixture
def two(app):
    return speaker("Tangier", 35.8, -5.8), speaker("Mechelen", 51.0, 4.5)


def ask(asker, confidentiality="public"):
    forum = ForumFactory(space=SpaceFactory(confidentiality=confidentiality))
    return start_topic(forum, asker, kind="question")


def lines(page):
    return re.findall(r'class="world__(?:said|told)" d="([^"]+)"', page)


def test_each_city_that_takes_part_is_a_link_on_the_map(visitor, two):
    CityFactory(name="Nowhere")
    speaker("Elsewhere", 10, 10).city.state = "applied"
    db.session.flush()

    cities = re.findall(
        r'<a href="/cities/[^"]*"[^>]*><circle[^>]*></circle><text[^>]*>([^<]*)', landing(visitor)
    )

    assert sorted(cities) == ["Mechelen", "Tangier"]


def test_an_answer_from_another_city_is_a_line_until_90_days_have_gone(visitor, two):
    asker, answerer = two
    topic = ask(asker)
    assert lines(landing(visitor)) == []

    topic.post(asker, "I add something.")
    assert lines(landing(visitor)) == []
    topic.post(answerer, "We did it.")
    db.session.flush()
    assert answers_between() == {(asker.city.id, answerer.city.id): 1}
    assert len(lines(landing(visitor))) == 1
    with clock_at(utcnow() + timedelta(days=DAYS + 1)):
        assert lines(landing(visitor)) == []


@pytest.mark.parametrize("space", ["members", "chatham"])
def test_what_visitors_may_not_read_or_whose_names_are_hidden_is_no_line(visitor, two, space):
    asker, answerer = two
    ask(asker, space).post(answerer, "We did it.")
    db.session.flush()

    assert answers_between() == {}
    assert lines(landing(visitor)) == []


def test_a_chosen_name_a_removed_answer_and_a_held_question_are_no_lines(visitor, two):
    asker, answerer = two
    topic = ask(asker)
    post = topic.post(answerer, "We did it.")
    db.session.flush()
    assert answers_between()
    for record, column, value in (
        (post, "pen_name", "Heron"),
        (topic, "pen_name", "Owl"),
        (topic, "state", "held"),
    ):
        before = getattr(record, column)
        setattr(record, column, value)
        db.session.flush()
        assert answers_between() == {}, column
        setattr(record, column, before)
    post.remove(answerer)
    db.session.flush()
    assert answers_between() == {}


def test_a_question_and_the_answer_that_helped_stand_there_in_the_language_of_the_page(visitor, two):
    asker, answerer = two
    topic = ask(asker)
    answer = topic.post(answerer, "One desk, two people.", language="en")
    db.session.flush()
    assert "specimen" not in landing(visitor)

    topic.mark_answer(answer, asker)
    db.session.flush()
    assert "One desk, two people." in landing(visitor)
    assert "Un guichet, deux agents." not in landing(visitor, "fr")
    translate(answer, "text", "fr", "Un guichet, deux agents.")
    assert "Un guichet, deux agents." in landing(visitor, "fr")
    assert asker.name not in landing(visitor)
    answer.remove(answerer)
    db.session.flush()
    assert "One desk, two people." not in landing(visitor)


def test_of_two_questions_the_one_that_the_reader_reads_is_shown(visitor, two):
    asker, answerer = two
    for language, words in (("fr", "Oui, deux agents."), ("en", "Yes, two people.")):
        topic = ask(asker)
        topic.language = opening(topic).language = language
        topic.mark_answer(topic.post(answerer, words, language=language), asker)
        db.session.flush()

    assert "Oui, deux agents." in landing(visitor, "fr")
    assert "Yes, two people." in landing(visitor, "en")


def test_the_figures_are_counted(visitor, two):
    asker, answerer = two
    topic = ask(asker)
    CityFactory(name="Nowhere", working_languages=["fr", "ar"])
    for words in ("One.", "Two.", "Three."):
        topic.post(answerer, words)
    db.session.flush()

    figures = re.findall(r"<dd>(\d+)</dd>", landing(visitor))

    assert figures == ["3", "3", "2"]
