"""A record is kept once, by one's own choice, and no longer than it is there."""

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.archive.sections import data_of
from cityexchange.bookmarks.kinds import keepables
from cityexchange.bookmarks.models import Bookmark
from cityexchange.bookmarks.tidying import forget_what_is_gone
from cityexchange.core.db import db
from cityexchange.core.jobs import sweeps
from cityexchange.forums.models import Forum
from tests.bookmarks.factories import CLOSED, keep, kept_by
from tests.forums.factories import start_topic


def test_topics_workshops_and_visits_can_be_kept(app):
    assert keepables.names() == ["StudyVisit", "Topic", "Workshop"]


def test_what_is_kept_twice_is_kept_once_with_its_note(ana, topic):
    bookmark = keep(ana, topic, "For the council in May.")
    Bookmark.keep(ana, topic)

    assert kept_by(ana) == [("Topic", topic.id)]
    assert bookmark.note == "For the council in May."


def test_what_is_dropped_twice_is_gone_for_oneself_alone(ana, ben, topic, workshop):
    for member in (ana, ben):
        keep(member, topic)
    keep(ana, workshop)
    for _ in range(2):
        Bookmark.drop(ana, "Topic", topic.id)

    assert kept_by(ana) == [("Workshop", workshop.id)]
    assert kept_by(ben) == [("Topic", topic.id)]


def test_words_that_were_typed_go_only_where_that_is_said(ana, ben, topic):
    for member in (ana, ben):
        keep(member, topic, "للاجتماع في أيار")
    Bookmark.drop(ana, "Topic", topic.id)
    assert kept_by(ana) == [("Topic", topic.id)]

    Bookmark.drop(ana, "Topic", topic.id, with_note=True)
    assert kept_by(ana) == []
    assert kept_by(ben) == [("Topic", topic.id)]


def test_with_a_record_go_its_bookmarks_and_no_others(ana, workshop, visit):
    keep(ana, workshop)
    keep(ana, visit)
    db.session.delete(visit)
    db.session.flush()

    assert kept_by(ana) == [("Workshop", workshop.id)]


def test_what_the_database_took_with_its_forum_goes_with_the_next_sweep(ana, topic):
    keep(ana, topic)
    keep(ana, other := start_topic())
    db.session.execute(db.delete(Forum).where(Forum.id == topic.forum_id))
    forget_what_is_gone()

    assert kept_by(ana) == [("Topic", other.id)]
    assert sweeps["bookmarks"].function is forget_what_is_gone


def test_who_leaves_takes_the_bookmarks_along(ana, ben, topic):
    for member in (ana, ben):
        keep(member, topic)
    leave(ana)

    assert kept_by(ana) == []
    assert kept_by(ben) == [("Topic", topic.id)]


@pytest.mark.parametrize("kind", CLOSED)
def test_the_list_has_what_ones_own_data_has_also_of_what_is_closed_to_one(ana, records, sign_in, kind):
    for record in records.values():
        keep(ana, record)
    CLOSED[kind](ana, records[kind])
    told = data_of(ana)["sections"]["bookmarks"]
    page = sign_in(ana).get("/bookmarks").text

    assert len(told) == page.count('class="row__title"') == len(records)
    assert page.count("No longer open to you") == 1


def test_what_one_keeps_is_part_of_ones_own_data(ana, ben, topic):
    keep(ana, topic, "Mine")
    keep(ben, topic, "Not hers")
    (line,) = data_of(ana)["sections"]["bookmarks"]

    assert (line["record_type"], line["record_id"], line["note"]) == ("Topic", topic.id, "Mine")
