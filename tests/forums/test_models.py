import pytest

from cityexchange.core.db import db
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Answer, Post, ReadPosition, Revision, StaleEdit, Topic
from cityexchange.forums.signals import answer_marked
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.forums.mailed import forget_mails, mail_keys


def read_until(member, topic):
    return db.session.scalar(
        db.select(ReadPosition.position).filter_by(member_id=member.id, topic_id=topic.id)
    )


def test_positions_and_counters_rise_together(ana, ben):
    forum = ForumFactory()
    topic = start_topic(forum, ana)
    replies = [topic.post(ben, f"Reply {n}.") for n in (2, 3)]
    start_topic(forum, ben)
    db.session.expire_all()

    assert [post.position for post in replies] == [2, 3]
    assert (topic.post_count, topic.last_author_id) == (3, ben.id)
    assert topic.last_posted_at == replies[-1].posted_at
    assert (forum.topic_count, forum.post_count) == (2, 4)


def test_a_post_belongs_to_a_person_who_spoke_for_a_city_on_that_day(ana):
    lyon = ana.city
    post = start_topic(author=ana).post(ana, "From Lyon.")
    ana.seat.end()
    db.session.flush()
    db.session.expire_all()

    assert post.author_city == lyon and ana.city is None


def test_the_language_of_the_text_is_the_language_of_the_title(ana):
    said = start_topic(author=ana, language="ar")
    found = start_topic(
        author=ana, text="Nous voulons ouvrir un guichet pour les nouveaux arrivants de la ville."
    )

    assert (said.language, found.language) == ("ar", "fr")


def test_a_second_press_makes_no_second_post(ana):
    forum = ForumFactory()
    topic = start_topic(forum, ana, nonce="first")
    again = start_topic(forum, ana, nonce="first")
    reply, same = (topic.post(ana, "Once.", nonce="second") for _ in range(2))
    other = topic.post(MemberFactory(), "Somebody else's.", nonce="second")

    assert again is topic and same is reply and other is not reply
    assert (topic.post_count, forum.post_count, forum.topic_count) == (3, 3, 1)


def test_a_second_press_leaves_the_topic_as_those_left_it_who_wrote_meanwhile(ana, topic):
    reply, other = topic.post(ana, "Once.", nonce="n"), topic.post(MemberFactory(), "Meanwhile.")
    db.session.commit()
    before = topic.version, topic.post_count, topic.last_author_id, topic.last_posted_at
    again = topic.post(ana, "Once.", nonce="n")
    db.session.expire_all()

    assert again is reply
    assert (topic.version, topic.post_count, topic.last_author_id, topic.last_posted_at) == before
    assert topic.last_author_id == other.author_id
    assert topic.post(ana, "Next.").position == other.position + 1


def test_a_new_post_has_all_that_its_row_has(ana, topic):
    """It was added past the session: what the session would have filled in is there all the same."""
    post = topic.post(ana, "Words.")
    known = {column.key: getattr(post, column.key) for column in Post.__table__.columns}
    db.session.expire_all()

    assert known == {name: getattr(post, name) for name in known}
    assert (post.author, post.author_city, post.topic) == (ana, ana.city, topic)


def test_an_edit_keeps_what_was_there_with_who_when_and_why(ana):
    topic = start_topic(author=ana, title="Old title", text="Old text.")
    post = db.session.scalar(db.select(Post))
    revision = post.edit(ana, "New text.", version=1, title="New title", reason="Clearer")

    assert (revision.version, revision.title, revision.text) == (1, "Old title", "Old text.")
    assert (revision.editor, revision.reason) == (ana, "Clearer")
    db.session.expire_all()
    assert (post.text, post.version, topic.title) == ("New text.", 2, "New title")
    assert "New text" in post.html and post.edited_at == revision.at


def test_an_edit_of_an_old_version_is_refused_and_keeps_nothing(ana):
    start_topic(author=ana)
    post = db.session.scalar(db.select(Post))
    post.edit(ana, "Second.", version=1)

    with pytest.raises(StaleEdit):
        post.edit(ana, "Also second.", version=1)

    assert post.text == "Second."
    assert db.session.scalar(db.select(db.func.count(Revision.id))) == 1


def test_a_removed_post_leaves_its_number(ana, ben):
    topic = start_topic(author=ana)
    gone = topic.post(ben, "Gone.")
    gone.remove(ben)
    after = topic.post(ana, "After.")

    assert gone.is_removed and gone.remover_id == ben.id
    assert (after.position, topic.post_count) == (3, 3)


def test_an_opening_post_takes_its_topic_with_it(ana):
    topic = start_topic(author=ana)
    db.session.scalar(db.select(Post)).remove(ana)

    assert topic.state == "removed"


def test_the_answer_that_helped_answers_the_question_and_can_move(ana, ben):
    topic = start_topic(author=ana)
    first, second = topic.post(ben, "First."), topic.post(ben, "Second.")
    topic.mark_answer(first, ana)
    topic.mark_answer(second, ana)

    assert topic.state == "answered"
    assert [(a.post_id, a.marker_id) for a in db.session.scalars(db.select(Answer))] == [(second.id, ana.id)]

    topic.unmark_answer(second)
    assert topic.state == "open" and db.session.scalar(db.select(Answer)) is None


def test_whoever_listens_hears_of_the_answer(ana, ben):
    heard = []
    topic = start_topic(author=ana)
    reply = topic.post(ben, "Try this.")
    listener = answer_marked.connect(lambda answer: heard.append(answer.post))
    try:
        topic.mark_answer(reply, ana)
    finally:
        answer_marked.receivers.remove(listener)

    assert heard == [reply]


def test_the_answer_stands_in_its_own_topic(ana):
    with pytest.raises(ValueError):
        start_topic(author=ana).mark_answer(start_topic(author=ana).post(ana, "Elsewhere."), ana)


def test_a_removed_answer_answers_nothing(ana, ben):
    topic = start_topic(author=ana)
    reply = topic.post(ben, "Try this.")
    topic.mark_answer(reply, ana)
    reply.remove(ben)

    assert topic.state == "open" and topic.answer is None


def test_a_reopened_topic_is_as_answered_as_it_was(ana, ben):
    topic = start_topic(author=ana)
    topic.mark_answer(topic.post(ben, "Try this."), ana)
    topic.close(ana)
    topic.reopen(ana)

    assert topic.state == "answered"


def test_every_change_of_a_page_gives_the_topic_another_version(ana, ben):
    topic = start_topic(author=ana)
    versions = [topic.version]
    reply = topic.post(ben, "Reply.")
    for change in (
        lambda: None,
        lambda: reply.edit(ben, "Changed.", version=1),
        lambda: topic.mark_answer(reply, ana),
        lambda: topic.unmark_answer(reply),
        lambda: topic.close(ana),
        lambda: topic.reopen(ana),
        topic.pin,
        topic.unpin,
        lambda: reply.remove(ben),
    ):
        change()
        db.session.commit()
        versions.append(topic.version)

    assert versions == sorted(set(versions))


def test_a_read_position_never_goes_back_nor_beyond_the_end(ana, ben):
    topic = start_topic(author=ana)
    for n in range(4):
        topic.post(ana, f"Reply {n}.")
    for position, expected in ((3, 3), (2, 3), (999, 5)):
        ReadPosition.advance(ben, topic, position)
        assert read_until(ben, topic) == expected


def test_writing_moves_the_writers_own_position(ana, ben):
    topic = start_topic(author=ana)
    topic.post(ben, "Reply.")

    assert (read_until(ana, topic), read_until(ben, topic)) == (1, 2)


def test_a_reply_is_mailed_to_those_who_follow_and_not_to_its_writer(ana, ben):
    silent, carla = MemberFactory(), MemberFactory()
    topic = start_topic(author=ana)
    topic.post(silent, "I am here.")
    Follow.choose(silent, topic, "muted")
    Follow.choose(carla, topic, "following")
    forget_mails()
    reply = topic.post(ben, "A reply.")

    assert mail_keys() == sorted(f"reply:{reply.id}:{member.id}" for member in (ana, carla))


def test_writing_again_does_not_bring_back_what_was_muted(ana, ben):
    topic = start_topic(author=ana)
    Follow.choose(ana, topic, "muted")
    topic.post(ana, "One more thing.")
    forget_mails()
    topic.post(ben, "A reply.")

    assert mail_keys() == []


def test_a_mention_is_mailed_once_and_instead_of_the_reply(ana, ben):
    topic = start_topic(author=ana)
    reply = topic.post(ben, "What do you think, @ana-ruiz?")
    reply.edit(ben, "What do you really think, @ana-ruiz?", version=1)

    assert mail_keys() == [f"mention:{reply.id}:{ana.id}"]


def test_whoever_muted_a_topic_is_not_called_into_it(ana, ben):
    topic = start_topic(author=ana)
    Follow.choose(ana, topic, "muted")
    topic.post(ben, "What do you think, @ana-ruiz?")

    assert mail_keys() == []


def test_a_mention_reaches_only_who_can_read_it(ana, ben):
    closed = ForumFactory(space=SpaceFactory(confidentiality="group"))
    closed.space.admit(ana)
    start_topic(closed, ana, text="Shall we ask @ben-okoro?")
    assert mail_keys() == []

    start_topic(author=ana, text="Shall we ask @ben-okoro?")
    assert len(mail_keys()) == 1


def test_versions_of_two_topics_are_their_own(ana):
    first, second = start_topic(author=ana), start_topic(author=ana)
    first.post(ana, "Reply.")
    db.session.expire_all()

    assert {t.title for t in db.session.scalars(db.select(Topic))} == {"How to begin?"}
    assert (first.post_count, second.post_count) == (2, 1)
