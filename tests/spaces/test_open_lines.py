"""An open topic in a space whose class changes (rooms and processes: tests/chat/test_rights_live.py)."""

import pytest

from cityexchange.core.db import db, unit_of_work
from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, start_topic


@pytest.fixture
def topic():
    return start_topic(ForumFactory(space__confidentiality="members"))


def reclassify(space, confidentiality):
    db.session.commit()
    with unit_of_work():
        space.change(MemberFactory(), confidentiality=confidentiality)


def test_who_does_not_read_a_topic_any_more_is_hung_up(connect, topic):
    inside, outside = MemberFactory(), MemberFactory()
    topic.forum.space.admit(inside)
    stays, goes, elsewhere = connect(inside), connect(outside), connect(outside)
    for line in (stays, goes):
        assert line.say("topic:enter", topic_id=topic.id)["ok"]

    reclassify(topic.forum.space, "group")

    assert stays.client.is_connected() and elsewhere.client.is_connected()
    assert not goes.client.is_connected()


@pytest.mark.parametrize("confidentiality", ["public", "members"])
def test_a_space_that_stays_as_open_or_opens_hangs_up_no_reader(connect, topic, confidentiality):
    line = connect(MemberFactory())
    assert line.say("topic:enter", topic_id=topic.id)["ok"]
    reclassify(topic.forum.space, confidentiality)
    assert line.client.is_connected()
