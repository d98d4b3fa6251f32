"""Who is told of what, and why."""

from datetime import timedelta

import pytest
from flask_babel import force_locale

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.digest import answering
from cityexchange.digest.choosing import MOST, choose
from cityexchange.digest.letters import write_letter
from cityexchange.digest.models import DigestAnswer
from cityexchange.digest.weeks import week_at
from cityexchange.forums.models import ReadPosition
from cityexchange.languages.models import translate
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.digest.factories import official, question
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory, opening


def chosen(member):
    db.session.commit()
    with force_locale(member.locale):
        return choose(member)


def keys(member):
    return [(item.source, *item.key) for item in chosen(member)]


def whys(member):
    return [item.why for item in chosen(member)]


QUESTIONS = {
    "by language and what the city shares": (
        {"offers": ["housing"], "reads": ["ar"]},
        {"themes": ["housing"], "language": "ar"},
        "You read Arabic, and Lyon can share experience with this: Housing and homelessness.",
    ),
    "by what the member may be asked about": (
        {"asks": ["health"], "reads": ["ru"]},
        {"themes": ["health"], "language": "ru"},
        "You read Russian, and you may be asked about this: Health and mental health.",
    ),
    "by what the city needs too": (
        {"needs": ["finance"], "reads": ["zh"]},
        {"themes": ["finance"], "language": "zh"},
        "You read Chinese, and Lyon works on this too: Municipal finance.",
    ),
    "in the language of the pages": (
        {"offers": ["housing"], "reads": [], "locale": "fr"},
        {"themes": ["housing"], "language": "fr"},
        "",
    ),
    "in no language that anybody told": (
        {"offers": ["housing"], "reads": ["es"]},
        {"themes": ["housing"], "language": "und"},
        "Lyon can share experience with this: Housing and homelessness.",
    ),
    "not in a language that is not read": (
        {"offers": ["housing"], "reads": ["es"]},
        {"themes": ["housing"], "language": "tr"},
        None,
    ),
    "by a language that not everybody reads, after all others": (
        {"offers": ["housing"], "reads": ["ar"]},
        {"themes": ["health"], "language": "ar"},
        "It is asked in a language that you read and not everybody does: Arabic.",
    ),
    "not on a theme of others": (
        {"offers": ["housing"], "reads": ["en"]},
        {"themes": ["health"], "language": "en"},
        None,
    ),
    "not without a theme": ({"offers": ["housing"], "reads": ["en"]}, {"themes": [], "language": "en"}, None),
    "not a discussion": (
        {"offers": ["housing"], "reads": ["ar"]},
        {"themes": ["housing"], "language": "ar", "kind": "discussion"},
        None,
    ),
}


@pytest.mark.parametrize("case", QUESTIONS)
def test_a_question_comes_to_who_can_answer_it_and_says_why(app, case):
    whose, what, why = QUESTIONS[case]
    member = official(**whose)
    topic = question(*what.pop("themes"), **what) if "themes" in what else None
    found = [item for item in chosen(member) if item.source == "questions"]
    what["themes"] = []

    assert [item.key for item in found] == ([("Topic", topic.id)] if why is not None else [])
    if why:
        assert found[0].why == why


def close(topic, member):
    topic.close(topic.author)


def remove(topic, member):
    topic.lose(opening(topic))


def answered(topic, member):
    reply = topic.post(MemberFactory(), "We did, in spring.")
    topic.mark_answer(reply, topic.author)


def written_in(topic, member):
    topic.post(member, "We are trying it too.")


def put_into_a_closed_space(topic, member):
    topic.forum.space.confidentiality = "group"


def said_no(topic, member):
    answering.give(DigestAnswer.of(member, topic, "no"))


def said_help(topic, member):
    answering.give(DigestAnswer.of(member, topic, "help"))


def grown_old(topic, member):
    topic.last_posted_at = utcnow() - timedelta(days=183)


@pytest.mark.parametrize(
    "happens", [close, remove, answered, written_in, put_into_a_closed_space, said_no, said_help, grown_old]
)
def test_a_question_goes_when_there_is_nothing_left_to_answer(nour, asked, happens):
    assert ("questions", "Topic", asked.id) in keys(nour)
    happens(asked, nour)

    assert ("questions", "Topic", asked.id) not in keys(nour)
    if happens in (close, remove, put_into_a_closed_space):
        assert keys(nour) == []


def test_a_theme_that_was_not_for_me_comes_last(app):
    member = official(offers=["housing", "health"], reads=["ar"])
    tiring = question("housing", language="ar")
    answering.give(DigestAnswer.of(member, tiring, "no"))
    health, housing = question("health", language="ar"), question("housing", language="ar")

    assert [key[2] for key in keys(member)] == [health.id, housing.id]


def test_what_few_read_comes_before_what_many_read(app):
    member = official(offers=["housing"], reads=["en", "ar"])
    arabic, english = question("housing", language="ar"), question("housing", language="en")

    assert [key[2] for key in keys(member) if key[0] == "questions"] == [arabic.id, english.id]


def test_answers_to_me_come_first_until_i_have_read_them(nour, asked):
    own = question("housing", author=nour, language="fr")
    own.post(MemberFactory(), "We have.")
    own.post(MemberFactory(), "So have we.")
    first = chosen(nour)[0]

    assert first.key == ("Topic", own.id)
    assert first.why == "2 new replies to what you asked or told."
    ReadPosition.advance(nour, own, own.post_count)
    assert all(item.source != "answers" for item in chosen(nour))


def call(member, record, **values):
    row = {
        "kind": "mention",
        "record_type": type(record).__name__,
        "record_id": record.id,
        "mailing": "bundled",
    }
    notification = Notification(member_id=member.id, occasion=f"call:{record.id}", **row | values)
    db.session.add(notification)
    db.session.flush()
    return notification


def test_a_call_that_is_not_read_comes_and_one_that_is_read_does_not(nour):
    post = opening(question("health", language="es"))
    notification = call(nour, post)

    assert keys(nour) == [("answers", "Post", post.id)]
    notification.read_at = utcnow()
    assert keys(nour) == []


def test_a_call_in_a_room_leads_to_the_message(nour, sign_in):
    space = SpaceFactory()
    space.admit(nour)
    message = RoomFactory(space=space).post(MemberFactory(), "Come and look.")
    call(nour, message)

    [item] = chosen(nour)
    assert item.key == ("Message", message.id)
    assert f'href="/chat/messages/{message.id}"' in sign_in(nour).get("/digest").text


def test_a_call_in_what_is_closed_to_me_now_says_nothing(nour):
    topic = question("health", language="es")
    call(nour, opening(topic))
    topic.forum.space.confidentiality = "group"

    assert keys(nour) == []


def test_a_story_of_the_week_on_what_the_city_needs_comes_once(app):
    member = official(needs=["health"], reads=["en"])
    story = question("health", kind="story", language="en")
    question("health", kind="story", language="en", title="Another one")

    found = [item for item in chosen(member) if item.source == "stories"]
    assert len(found) == 1 and found[0].answers == ("no",)
    assert found[0].why == "A story of this week on one of your themes: Health and mental health."
    with clock_at(utcnow() + timedelta(days=8)):
        assert all(item.source != "stories" for item in chosen(member))
    assert story.id


def test_a_question_that_was_answered_this_week_is_a_story_too(app):
    member = official(needs=["health"], reads=["en"])
    topic = question("health", language="en")
    answered(topic, member)

    [item] = [item for item in chosen(member) if item.source == "stories"]
    assert item.key == ("Topic", topic.id)


def test_my_own_title_waits_for_a_second_language_until_it_has_one(app):
    member = official(needs=["health"], reads=["ar", "fr"], locale="fr")
    topic = question("health", author=member, language="ar")

    [item] = [item for item in chosen(member) if item.source == "translations"]
    assert item.key == ("Topic", topic.id) and item.endpoint == "languages.new_translation"
    translate(topic, "title", "fr", "Qui l'a fait ?", author=member)
    assert all(item.source != "translations" for item in chosen(member))


def test_who_knows_one_language_is_asked_for_no_translation(app):
    member = official(needs=["health"], reads=["en"], locale="en")
    question("health", author=member, language="en")

    assert all(item.source != "translations" for item in chosen(member))


def test_at_most_seven_things_and_of_each_kind_something(app):
    member = official(offers=["housing"], needs=["health"], reads=["en", "ar"])
    for number in range(9):
        question("housing", language="ar", title=f"Question {number} about rooms")
        own = question("finance", author=member, language="en")
        own.post(MemberFactory(), "We have.")
    question("health", kind="story", language="en")
    sources = [key[0] for key in keys(member)]

    assert len(sources) == MOST
    assert {"answers", "questions", "translations", "stories"} <= {*sources}
    assert sources == sorted(
        sources, key=["answers", "questions", "deadlines", "translations", "stories"].index
    )


def next_week(member):
    return week_at(utcnow() + timedelta(days=7), member.timezone, "FR")


def test_what_a_letter_named_does_not_come_again_unless_something_is_new(nour, asked):
    own = question("housing", author=nour, language="fr")
    own.post(MemberFactory(), "We have.")
    assert {key[2] for key in keys(nour)} == {asked.id, own.id}
    db.session.commit()
    write_letter(nour.id, week_at(utcnow(), nour.timezone, "FR"))
    assert {key[2] for key in keys(nour)} == {asked.id, own.id}, (
        "this week's page shows what its letter names"
    )

    with clock_at(utcnow() + timedelta(days=7)):
        assert chosen(nour) == []
        own.post(MemberFactory(), "So have we, in the end.")
        assert [item.key for item in chosen(nour)] == [("Topic", own.id)]


@pytest.mark.parametrize("who", ["guest", "former"])
def test_whoever_sees_less_is_told_less(app, who):
    topic = question("housing", language="en")
    public = question(
        "housing", language="en", forum=ForumFactory(space=SpaceFactory(confidentiality="public"))
    )
    member = guest(locale="en") if who == "guest" else MemberFactory(city=None)
    db.session.execute(
        db.text("INSERT INTO member_themes VALUES (:m, :t)"), {"m": member.id, "t": topic.themes[0].id}
    )

    assert {key[2] for key in keys(member)} == {public.id}
