"""What the button asks of the database: nothing for visitors, and of a topic or a workshop nothing more for members."""

import pytest

from tests.bookmarks.factories import keep
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


@pytest.mark.parametrize("table", ["topics", "workshops"])
def test_a_statement_that_is_there_already_tells_a_member(ana, sign_in, pages, count_queries, table):
    (statement,) = asked_for_bookmarks(count_queries, sign_in(ana), pages[table])

    assert f"FROM {table}" in statement and f"{table}.version" in statement


def test_a_visit_asks_one_statement_more_of_a_member(ana, sign_in, pages, count_queries):
    assert len(asked_for_bookmarks(count_queries, sign_in(ana), pages["visits"])) == 1


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
