import pytest

from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Forum, Post, ReadPosition, Revision, Topic
from cityexchange.members.models import Visitor
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic

CLASSES = ("public", "members", "city_officials", "group", "chatham")
READERS = {
    "visitor": {"public"},
    "unseated": {"public"},
    "of a sleeping city": {"public", "members"},
    "official": {"public", "members", "city_officials"},
    "facilitator": {"public", "members", "city_officials"},
    "insider": set(CLASSES),
}


@pytest.fixture
def topics():
    """A topic in a space of each class."""
    forums = {name: ForumFactory(space=SpaceFactory(confidentiality=name)) for name in CLASSES}
    return {name: start_topic(forum) for name, forum in forums.items()}


@pytest.fixture
def readers(topics):
    insider = MemberFactory()
    for topic in topics.values():
        topic.forum.space.admit(insider)
    return {
        "visitor": Visitor(),
        "unseated": MemberFactory(city=None),
        "of a sleeping city": MemberFactory(city=CityFactory(state="suspended")),
        "official": MemberFactory(),
        "facilitator": MemberFactory(city=None, team_role="facilitator"),
        "insider": insider,
    }


def seen(reader, model):
    return set(db.session.scalars(visible_to(reader, model)))


@pytest.mark.parametrize("who", READERS)
def test_the_space_decides_who_reads_forums_topics_and_posts(topics, readers, who):
    expected = {topics[name] for name in READERS[who]}

    assert seen(readers[who], Topic) == expected
    assert seen(readers[who], Forum) == {topic.forum for topic in expected}
    assert {post.topic for post in seen(readers[who], Post)} == expected


@pytest.mark.parametrize("who", READERS)
def test_earlier_versions_are_seen_with_their_post_and_never_by_visitors(topics, readers, who):
    for topic in topics.values():
        opening = db.session.scalar(db.select(Post).filter_by(topic_id=topic.id))
        opening.edit(topic.author, "Changed.", version=1)

    expected = READERS[who] if who != "visitor" else set()
    assert {revision.post.topic for revision in seen(readers[who], Revision)} == {topics[n] for n in expected}


def test_a_removed_post_is_seen_by_nobody_while_its_neighbours_are(ana, ben):
    topic = start_topic(author=ana)
    gone, kept = topic.post(ben, "Gone."), topic.post(ben, "Kept.")
    gone.remove(ben)
    db.session.flush()

    assert kept in seen(ana, Post)
    assert gone not in seen(ana, Post) | seen(ben, Post) | seen(MemberFactory(team_role="admin"), Post)


@pytest.mark.parametrize(
    ("state", "author", "stranger", "team", "leader"),
    [("open", 1, 1, 1, 1), ("closed", 1, 1, 1, 1), ("held", 1, 0, 1, 1), ("removed", 0, 0, 1, 1)],
)
def test_what_is_held_or_removed_is_there_for_those_who_look_after_it(
    ana, ben, facilitator, state, author, stranger, team, leader
):
    topic, led = start_topic(author=ana), MemberFactory()
    topic.forum.space.admit(led, role="facilitator")
    topic.state = state
    db.session.flush()

    found = [topic in seen(reader, Topic) for reader in (ana, ben, facilitator, led)]
    assert found == [bool(n) for n in (author, stranger, team, leader)]


# verb: who may, of asker, replier, stranger, facilitator of the team, facilitator of the space, visitor
WHO = ("asker", "replier", "stranger", "team", "leader", "visitor")
MAY = {
    ("open", "reply"): "asker replier stranger team leader",
    ("open", "close"): "asker team leader",
    ("open", "reopen"): "",
    ("open", "mark_answer"): "asker team leader",
    ("open", "pin"): "team leader",
    ("closed", "reply"): "",
    ("closed", "close"): "",
    ("closed", "reopen"): "team leader",
    ("closed", "mark_answer"): "asker team leader",
    ("closed", "pin"): "team leader",
    ("answered", "reply"): "asker replier stranger team leader",
    ("held", "reply"): "",
    ("held", "mark_answer"): "",
    ("removed", "reply"): "",
    ("removed", "pin"): "",
}


@pytest.fixture
def people(ana, ben, facilitator):
    return {
        "asker": ana,
        "replier": ben,
        "stranger": MemberFactory(),
        "team": facilitator,
        "leader": MemberFactory(),
        "visitor": Visitor(),
    }


@pytest.mark.parametrize(("state", "verb"), MAY)
def test_each_verb_of_a_topic_is_for_those_whom_its_state_allows(people, state, verb):
    topic = start_topic(author=people["asker"])
    topic.post(people["replier"], "A reply.")
    topic.forum.space.admit(people["leader"], role="facilitator")
    topic.state, topic.closer_id = state, people["team"].id
    db.session.flush()

    assert [who for who in WHO if can(people[who], verb, topic)] == MAY[state, verb].split()


def test_an_asker_reopens_what_they_closed_themselves(ana, facilitator):
    topic = start_topic(author=ana)
    topic.close(ana)
    assert can(ana, "reopen", topic)

    topic.reopen(ana)
    topic.close(facilitator)

    assert not can(ana, "reopen", topic)


def test_a_discussion_has_no_answer(ana):
    assert not can(ana, "mark_answer", start_topic(author=ana, kind="discussion"))
    assert can(ana, "mark_answer", start_topic(author=ana, kind="peer_assist"))


@pytest.mark.parametrize("verb", ["edit", "remove"])
def test_ones_own_post_is_ones_own(people, verb):
    topic = start_topic(author=people["asker"])
    reply = topic.post(people["replier"], "A reply.")
    topic.forum.space.admit(people["leader"], role="facilitator")
    allowed = [who for who in WHO if can(people[who], verb, reply)]

    assert allowed == {"edit": ["replier"], "remove": ["replier", "team", "leader"]}[verb]


def test_a_closed_topic_takes_no_edits(ana, ben):
    topic = start_topic(author=ana)
    reply = topic.post(ben, "A reply.")
    topic.close(ana)

    assert not can(ben, "edit", reply) and not can(ben, "remove", reply)


def test_an_opening_post_goes_only_while_nobody_has_answered(ana, ben):
    topic = start_topic(author=ana)
    opening = db.session.scalar(db.select(Post).filter_by(topic_id=topic.id))
    assert can(ana, "remove", opening)

    topic.post(ben, "A reply.")

    assert not can(ana, "remove", opening)


def test_the_opening_post_answers_nothing(ana, ben):
    topic = start_topic(author=ana)
    reply = topic.post(ben, "A reply.")
    opening = db.session.scalar(db.select(Post).filter_by(topic_id=topic.id, position=1))

    assert not can(ana, "mark_answer", opening)
    assert can(ana, "mark_answer", reply) and not can(ben, "mark_answer", reply)


def test_an_archived_space_takes_neither_topics_nor_replies(ana):
    topic = start_topic(author=ana)
    assert can(ana, "reply", topic) and can(ana, "start", topic.forum)

    topic.forum.space.archived_at = topic.created_at

    assert not can(ana, "reply", topic) and not can(ana, "start", topic.forum)


def test_announcements_are_for_facilitators(ana, facilitator):
    forum = ForumFactory()

    assert can(facilitator, "announce", forum) and not can(ana, "announce", forum)


def test_what_one_reads_and_follows_is_ones_own_affair(ana, ben):
    start_topic(author=ana)

    assert len(seen(ana, ReadPosition)) == len(seen(ana, Follow)) == 1
    assert seen(ben, ReadPosition) == seen(ben, Follow) == set()
