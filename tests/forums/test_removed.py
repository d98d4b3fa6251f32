"""What was removed counts no more: in lists, marks of what is new, forums, and what open pages are told."""

import re
from importlib import import_module

import pytest
from sqlalchemy import text

from cityexchange.core.db import db
from cityexchange.forums.models import Post, ReadPosition
from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, opening, start_topic

# Removed of five posts, of which Ben has read two: what a list says then, and who wrote the last.
REMOVED = {
    "nothing": ((), ["3 new", "4 replies"], 5),
    "what was read": ((2,), ["3 new", "3 replies"], 5),
    "what is new": ((4,), ["2 new", "3 replies"], 5),
    "the last": ((5,), ["2 new", "3 replies"], 4),
    "the last but one, then the last": ((4, 5), ["1 new", "2 replies"], 3),
    "all that is new": ((3, 4, 5), ["1 reply"], 2),
    "all replies": ((5, 4, 3, 2), ["No reply yet"], 1),
}
LISTS = ["/forums/{}", "/topics", "/topics?filter=unread", "/"]
ONLY_NEW = {"/topics?filter=unread", "/"}


@pytest.fixture
def talk(ana, ben):
    """A discussion of five posts, each by somebody else; Ben has read two."""
    topic = start_topic(author=ana, kind="discussion")
    for n in range(2, 6):
        topic.post(MemberFactory(name=f"Writer {n}"), f"Reply {n}.")
    ReadPosition.advance(ben, topic, 2)
    db.session.commit()
    return topic


def remove(sign_in, topic, *positions):
    for position in positions:
        post = Post.at(topic, position)
        assert sign_in(post.author).post(f"/posts/{post.id}/remove").status_code == 303


def said_of(topic, page):
    """What the line of a topic says in numbers; nothing where there is no such line."""
    line = re.search(
        rf'<li class="row[^>]*>(?:(?!</li>).)*/topics/{topic.id}\b(?:(?!</li>).)*</li>', page, re.S
    )
    return re.findall(r"\d+ new\b|\d+ repl(?:y|ies)\b|No reply yet", line[0]) if line else []


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("what", REMOVED)
def test_a_list_counts_what_still_stands(sign_in, talk, ben, what, path):
    positions, said, _ = REMOVED[what]
    browser, path = sign_in(ben), path.format(talk.forum.slug)
    assert said_of(talk, browser.get(path).text) == ["3 new", "4 replies"]  # and is in memory from now on
    remove(sign_in, talk, *positions)

    has_new = any("new" in one for one in said)
    assert said_of(talk, browser.get(path).text) == (said if has_new or path not in ONLY_NEW else [])


@pytest.mark.parametrize("what", REMOVED)
def test_a_topic_and_its_forum_know_the_last_post_that_still_stands(sign_in, talk, ben, what):
    positions, _, last = REMOVED[what]
    newest, count = Post.at(talk, last), 5 - len(positions)
    remove(sign_in, talk, *positions)
    db.session.refresh(talk)

    assert (talk.last_author_id, talk.last_posted_at) == (newest.author_id, newest.posted_at)
    assert (talk.post_count, talk.forum.post_count) == (5, count)
    page = sign_in(ben).get("/forums").text
    assert newest.author.name in page and f"{count} post" in page


def test_who_never_opened_a_topic_finds_it_new_whatever_was_removed(sign_in, talk):
    remove(sign_in, talk, 5, 4, 3, 2)
    newcomer = sign_in(MemberFactory(locale="en"))

    assert said_of(talk, newcomer.get("/topics?filter=unread").text) == []
    assert said_of(talk, newcomer.get("/").text) == ["No reply yet"]


def test_a_topic_that_goes_takes_what_still_stood_in_it(sign_in, talk, ana):
    other = start_topic(talk.forum, ana)
    remove(sign_in, talk, 3)
    opening(talk).remove(ana)
    db.session.commit()

    assert (talk.forum.topic_count, talk.forum.post_count) == (1, 1)
    assert other.forum is talk.forum


def test_a_reply_after_a_removal_is_the_last_again(sign_in, talk, ben):
    remove(sign_in, talk, 5)
    talk.post(ben, "Number six.")

    assert (talk.post_count, talk.last_author_id, talk.forum.post_count) == (6, ben.id, 5)


@pytest.mark.parametrize(("after", "fresh"), [(5, 0), (4, 0), (3, 1), (2, 1), (1, 2), (0, 3), (9, 0)])
def test_an_open_page_is_told_how_much_of_what_came_still_stands(connect, sign_in, talk, ana, after, fresh):
    remove(sign_in, talk, 3, 5)

    assert connect(ana).say("topic:enter", topic_id=talk.id, after=after)["fresh"] == fresh


def test_the_migration_counts_anew_what_was_counted_wrongly(talk, ana):
    wrong = start_topic(ForumFactory(), ana)
    for topic, position in ((talk, 5), (talk, 3), (wrong, 1)):
        Post.at(topic, position).removed_at = topic.created_at
    wrong.state = "removed"
    before = Post.at(talk, 4)
    db.session.flush()
    migration = import_module("cityexchange.migrations.versions.0033_standing")
    for statement in (migration.LAST_POSTS, migration.COUNTS):
        db.session.execute(text(statement))
    for record in (talk, talk.forum, wrong.forum):
        db.session.refresh(record)

    assert (talk.last_author_id, talk.last_posted_at) == (before.author_id, before.posted_at)
    assert (talk.forum.post_count, wrong.forum.post_count) == (3, 0)
