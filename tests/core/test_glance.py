"""What is seen of a record answers as the record does."""

import pytest

from cityexchange.core.db import db, rows
from cityexchange.core.glance import Glance, model_of
from cityexchange.core.policy import can, seen_one_of
from cityexchange.forums.models import Answer, Forum, Topic
from cityexchange.forums.reading import TOPIC, page_range
from cityexchange.spaces.models import Space
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic

VERBS = ("reply", "read", "follow", "close", "reopen", "mark_answer", "pin")


def seen_by(reader, topic, glance=TOPIC):
    facts = {**reader.facts, **page_range(1), "wanted": topic.id}
    row = rows(seen_one_of(reader, glance, Topic.id), facts).first()
    return glance.of(row) if row else None


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("role", [None, "member", "facilitator"])
def test_the_policy_answers_the_same_for_what_was_seen(role, is_closed):
    reader, topic = MemberFactory(), start_topic()
    if role:
        topic.forum.space.admit(reader, role)
    if is_closed:
        topic.close(topic.author)
    db.session.flush()
    seen = seen_by(reader, topic)
    assert [can(reader, verb, seen) for verb in VERBS] == [can(reader, verb, topic) for verb in VERBS]
    assert can(reader, "pin", seen) is (role == "facilitator")


def test_it_has_the_models_own_properties_and_says_what_it_is_of():
    topic = start_topic(forum=ForumFactory(space=SpaceFactory(confidentiality="public", name="Arrival")))
    db.session.flush()
    seen = seen_by(MemberFactory(), topic)
    assert (seen.page_count, seen.is_talking, seen.is_asking) == (1, True, True)
    assert (seen.forum.space.name, seen.forum.space.hides_names, seen.forum.space.is_closed) == (
        "Arrival",
        False,
        False,
    )
    assert [model_of(one) for one in (seen, seen.forum, seen.forum.space)] == [Topic, Forum, Space]
    assert model_of(topic) is Topic


def test_what_was_not_read_it_asks_the_record():
    topic = start_topic(kind="story")
    db.session.flush()
    seen = seen_by(MemberFactory(), topic, Glance(Topic, "id title"))
    assert seen.record is topic
    assert (seen.kind, seen.author) == ("story", topic.author)
    with pytest.raises(AttributeError):
        seen.nothing_of_the_kind  # noqa: B018


def test_a_record_that_is_not_there_is_none():
    topic = start_topic()
    db.session.flush()
    glance = Glance(Topic, "id", answer=Glance(Answer, "topic_id post_id"))
    assert seen_by(MemberFactory(), topic, glance).answer is None


def test_a_reader_who_may_not_see_the_record_sees_nothing_of_it():
    hidden = start_topic(forum=ForumFactory(space=SpaceFactory(confidentiality="group")))
    db.session.flush()
    assert seen_by(MemberFactory(), hidden) is None
    assert seen_by(MemberFactory(team_role="admin"), hidden) is None
    hidden.forum.space.admit(insider := MemberFactory())
    assert seen_by(insider, hidden).id == hidden.id
