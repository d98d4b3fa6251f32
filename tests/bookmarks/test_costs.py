"""What the button asks of the database: nothing for visitors, and nothing more for members."""

import pytest
from sqlalchemy import insert, text

from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db
from cityexchange.forums.models import Topic
from tests.bookmarks.factories import keep
from tests.effort import counted_effort
from tests.factories import SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.workshops.factories import WorkshopFactory


@pytest.fixture
def pages(visit):
    """{the table of the record: the page's address}"""
    topic = start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")))
    workshop = WorkshopFactory(is_announced=True)
    numbers = {"topics": topic.id, "workshops": workshop.id, "visits": visit.id}
    return {table: f"/{table}/{id}" for table, id in numbers.items()}


def asked_for_bookmarks(count_queries, browser, path):
    """The statements of the second time, when all that many readers share is in memory."""
    assert browser.get(path).status_code == 200
    with count_queries() as statements:
        browser.get(path)
    return [one for one in statements if "bookmarks" in one]


BESIDE = {"topics": "topics.version", "workshops": "workshops.version", "visits": "visit_applications.state"}
"""What the same statement asks for."""


@pytest.mark.parametrize("table", BESIDE)
def test_a_statement_that_is_there_already_tells_a_member(ana, sign_in, pages, count_queries, table):
    (statement,) = asked_for_bookmarks(count_queries, sign_in(ana), pages[table])

    assert BESIDE[table] in statement.split("FROM")[0]


def test_a_visitor_is_not_asked_about(visitor, pages, count_queries):
    for path in pages.values():
        assert asked_for_bookmarks(count_queries, visitor, path) == []


def test_a_long_list_costs_no_more_than_a_short_one(ana, records, sign_in, count_queries):
    browser, numbers = sign_in(ana), []
    for record in records.values():
        keep(ana, record)
    for _ in range(2):
        with count_queries() as statements:
            browser.get("/bookmarks")
        numbers.append(len(statements))
        for n in range(12):
            keep(ana, start_topic(title=f"Another topic {n}"))
            keep(ana, WorkshopFactory(is_announced=True))

    assert numbers[1] <= numbers[0]


def test_what_others_write_and_keep_makes_a_list_no_dearer(ana, ben, records, sign_in):
    browser = sign_in(ana)
    for record in records.values():
        keep(ana, record)
    alone = effort_of_list(browser)
    write_and_keep_much(ben, records["Topic"].forum_id)

    assert effort_of_list(browser) <= 1.2 * alone + 50


def effort_of_list(browser):
    browser.get("/bookmarks")
    with counted_effort() as effort:
        browser.get("/bookmarks")
    return effort.units


def write_and_keep_much(member, forum_id, number=2000):
    topic = {"forum_id": forum_id, "author_id": member.id, "title": "Of others", "post_count": 1}
    db.session.execute(insert(Topic), [topic] * number)
    ids = db.session.scalars(db.select(Topic.id).filter_by(title="Of others"))
    kept = [{"member_id": member.id, "record_type": "Topic", "record_id": id} for id in ids]
    db.session.execute(insert(Bookmark), kept)
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
