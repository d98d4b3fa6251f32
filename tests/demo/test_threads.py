"""The threads of the illustrative community are read whole in the languages of the house, and are what they say they are."""

import re

import pytest
from sqlalchemy import select

from cityexchange.core.db import db, utcnow
from cityexchange.core.i18n import LOCALES
from cityexchange.core.policy import is_visible
from cityexchange.demo.content import FOLDER, added_threads, read
from cityexchange.demo.thread_translations import WRITE
from cityexchange.forums.models import Post, Topic
from cityexchange.languages.detection import detect
from cityexchange.languages.models import Translation
from cityexchange.languages.originals import original_of
from cityexchange.members.models import Member

EVERYWHERE = {"ar", "en", "fr"}
POST = re.compile(r'<div class="written post__text" lang="([\w-]+)"')


def posts_of(topic):
    return db.session.scalars(select(Post).filter_by(topic_id=topic.id).order_by(Post.position)).all()


def translations_of(record, field):
    of_it = {"record_type": type(record).__name__, "record_id": record.id, "field": field}
    return db.session.scalars(select(Translation).filter_by(**of_it, origin="human")).all()


def languages_of(record, field):
    """Those that it is read in as it stands today."""
    source = getattr(record, field)
    return {record.language} | {one.language for one in translations_of(record, field) if one.is_of(source)}


def whole_in(topic):
    """The languages in which its title and every post are read."""
    parts = [languages_of(topic, "title"), *(languages_of(post, "text") for post in posts_of(topic))]
    return set.intersection(*parts)


def member(mailbox):
    return db.session.scalars(select(Member).filter_by(email=mailbox)).one()


def test_every_thread_is_whole_in_three_languages_and_half_of_them_in_all_six(community):
    found = {topic.title: whole_in(topic) for topic in db.session.scalars(select(Topic))}

    assert {title: EVERYWHERE - there for title, there in found.items() if EVERYWHERE - there} == {}
    assert 2 * sum(LOCALES.keys() <= there for there in found.values()) >= len(found)


def test_every_text_is_in_the_language_it_is_said_to_be_in(community):
    originals = [(post.text, post.language, ()) for post in db.session.scalars(select(Post))]
    titles = [(one.title, one.language, [one.language]) for one in db.session.scalars(select(Topic))]
    theirs = [
        (one.text, one.language, [one.language] if one.field == "title" else ())
        for one in db.session.scalars(
            select(Translation).where(Translation.record_type.in_(("Topic", "Post")))
        )
    ]
    told = [(detect(text, likely), stated, text) for text, stated, likely in originals + titles + theirs]

    assert [one for one in told if one[0] != one[1]] == []


def test_no_post_is_before_its_topic_and_no_answer_is_marked_before_it_was_given(community):
    for topic in db.session.scalars(select(Topic)):
        moments = [post.posted_at for post in posts_of(topic)]

        assert moments == sorted(moments) and moments[0] == topic.created_at
        assert moments[-1] == topic.last_posted_at < utcnow()
        assert not topic.answer or topic.answer.post.posted_at <= topic.answer.marked_at <= utcnow()


def test_a_translator_writes_the_language_reads_what_was_said_and_sees_it(community):
    translations = select(Translation).where(Translation.record_type.in_(("Topic", "Post")))
    for one in db.session.scalars(translations):
        translator, original = db.session.get(Member, one.author_id), original_of(one)
        sources = {original.language, "en"} if one.language != "en" else {original.language}

        assert translator.languages[one.language] in WRITE, one.text
        assert sources & translator.languages.keys(), one.text
        assert is_visible(translator, original), one.text


def test_an_official_who_reads_chinese_has_asked_and_answered_in_it(community):
    official = member("meihua@auckland.example")
    written = db.session.scalars(select(Post).filter_by(author_id=official.id)).all()

    assert official.languages_read[0] == official.locale == "zh"
    assert {(post.language, post.is_opening) for post in written} == {("zh", True), ("zh", False)}


def test_the_question_about_school_enrolment_has_an_answer_that_its_asker_marked(community):
    title = next(thread["title"] for thread in read("demo")["threads"] if thread["id"] == "T07")
    topic = db.session.scalars(select(Topic).filter_by(title=title)).one()

    assert topic.state == "answered"
    assert topic.answer.marker_id == topic.author_id != topic.answer.post.author_id
    assert whole_in(topic) >= LOCALES.keys()


def test_added_threads_come_behind_those_that_others_know_by_their_numbers(community):
    added = [read(f"threads/{key}")["thread"]["title"] for key in added_threads()]
    titles = db.session.scalars(select(Topic.title).order_by(Topic.id)).all()

    assert len(added) >= 12 and titles[-len(added) :] == added


@pytest.mark.parametrize("language", sorted(EVERYWHERE))
def test_a_visitor_meets_no_untranslated_post_in_what_is_public(community, visitor, language):
    for topic in db.session.scalars(select(Topic)):
        page = visitor.get(f"/topics/{topic.id}", query_string={"lang": language})
        if page.status_code == 200:
            assert set(POST.findall(page.text)) == {language}, topic.title


def test_each_file_of_a_thread_says_that_it_is_invented():
    for path in (FOLDER / "threads").glob("*.json"):
        assert read(f"threads/{path.stem}")["notice"].startswith("FICTIONAL"), path.name
