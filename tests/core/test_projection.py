"""The row of a projection answers as the record does."""

import pytest

from cityexchange.core.db import db, rows
from cityexchange.core.policy import can, projected_one_of
from cityexchange.core.projection import Projection, model_of
from cityexchange.forums.models import Answer, Forum, Topic
from cityexchange.forums.reading import TOPIC, page_range
from cityexchange.spaces.models import Space
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic

VERBS = ("reply", "read", "follow", "close", "reopen", "mark_answer", "pin")


def projected_for(reader, topic, projection=TOPIC):
    bind_values = {**reader.bind_values, **page_range(1), "wanted": topic.id}
    found = rows(projected_one_of(reader, projection, Topic.id), bind_values).first()
    return projection.of(found) if found else None


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("role", [None, "member", "facilitator"])
def test_the_policy_answers_the_same_for_a_projection(role, is_closed):
    reader, topic = MemberFactory(), start_topic()
    if role:
        topic.forum.space.admit(reader, role)
    if is_closed:
        topic.close(topic.author)
    db.session.flush()
    row = projected_for(reader, topic)
    assert [can(reader, verb, row) for verb in VERBS] == [can(reader, verb, topic) for verb in VERBS]
    assert can(reader, "pin", row) is (role == "facilitator")


def test_it_has_the_models_own_properties_and_says_what_it_is_of():
    topic = start_topic(forum=ForumFactory(space=SpaceFactory(confidentiality="public", name="Arrival")))
    db.session.flush()
    row = projected_for(MemberFactory(), topic)
    assert (row.page_count, row.is_talking, row.is_asking) == (1, True, True)
    assert (row.forum.space.name, row.forum.space.hides_names, row.forum.space.is_closed) == (
        "Arrival",
        False,
        False,
    )
    assert [model_of(one) for one in (row, row.forum, row.forum.space)] == [Topic, Forum, Space]
    assert model_of(topic) is Topic


def test_what_was_not_read_it_asks_the_record():
    topic = start_topic(kind="story")
    db.session.flush()
    row = projected_for(MemberFactory(), topic, Projection(Topic, "id title"))
    assert row.record is topic
    assert (row.kind, row.author) == ("story", topic.author)
    with pytest.raises(AttributeError):
        row.nothing_of_the_kind  # noqa: B018


def test_a_record_that_is_not_there_is_none():
    topic = start_topic()
    db.session.flush()
    projection = Projection(Topic, "id", answer=Projection(Answer, "topic_id post_id"))
    assert projected_for(MemberFactory(), topic, projection).answer is None


def test_a_reader_who_may_not_see_the_record_sees_nothing_of_it():
    hidden = start_topic(forum=ForumFactory(space=SpaceFactory(confidentiality="group")))
    db.session.flush()
    assert projected_for(MemberFactory(), hidden) is None
    assert projected_for(MemberFactory(team_role="admin"), hidden) is None
    hidden.forum.space.admit(insider := MemberFactory())
    assert projected_for(insider, hidden).id == hidden.id
