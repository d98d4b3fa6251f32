"""What a page costs does not grow with the community: counted at a volume, and at ten times that."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from cityexchange.core.db import db, utcnow
from cityexchange.demo import volume
from cityexchange.forums.models import Post, Topic
from cityexchange.members.models import Member
from cityexchange.themes.models import Theme
from tests.effort import counted_effort
from tests.tables import empty_tables

MOST, BESIDE = 1.2, 200
"""Beside that: rows of small tables, which PostgreSQL sometimes reads whole and sometimes not. What grows with the topics grows by 1,800."""
PATHS = (
    "/",
    "/topics",
    "/topics?before=0-{later}-1",
    "/topics?filter=new",
    "/topics?filter=unread",
    "/topics?filter=unanswered",
    "/forums",
    "/forums/volume-01",
    "/topics/{topic}",
    "/posts/{post}",
    "/posts/{post}/revisions",
    "/translations/Post/{post}",
    "/cities/volume-01",
    "/themes/{theme}",
    "/ask?title=Municipal+strategy",
    "/ask/suggestions?title=Municipal+strategy",
    "/topics?theme={theme}",
    "/topics?theme={theme}&filter=answered",
    "/topics?filter=answered",
)
KEPT = ("/forums", "/forums/volume-01", "/topics/{topic}")
"""What visitors get from memory: only whether it is still so is asked."""


@pytest.fixture(autouse=True)
def a_dense_volume(monkeypatch):
    """So few cities and themes that there is much of each, and so little time that all topics are new."""
    monkeypatch.setattr(volume.words, "DIFFERENT", 20)
    monkeypatch.setattr(volume.people, "CITIES", 2)
    for name, value in {
        "LONGEST": 20,
        "BETWEEN_POSTS": timedelta(seconds=1),
        "BEGAN_AT": utcnow() - timedelta(days=1),
        "tagging_rows": tagged,
    }.items():
        monkeypatch.setattr(volume.boards, name, value)


def fill(topics):
    empty_tables()
    if is_postgresql := db.engine.dialect.name == "postgresql":
        # What earlier tests deleted leaves room in the files of the tables, and the planner chooses by their size.
        tables = ", ".join(table.name for table in db.metadata.sorted_tables)
        db.session.execute(text(f"TRUNCATE {tables}"))
    beside = {"members": 20, "forums": 4, "rooms": 2, "messages": 20, "workshops": 2, "registrants": 2}
    volume.load(volume.Size(topics=topics, posts=6 * topics, **beside))
    if is_postgresql:
        db.session.execute(text("ANALYZE"))
    db.session.commit()


def tagged(topics):
    theme_id = first_theme().id
    return [{"topic_id": topic, "theme_id": theme_id} for topic in topics]


def first_theme():
    return db.session.scalars(select(Theme).order_by(Theme.position)).first()


def names_of_records():
    topic = db.session.scalar(select(func.min(Topic.id))) + 1
    return {
        "topic": topic,
        "post": db.session.scalar(select(Post.id).filter_by(topic_id=topic, position=1)),
        "theme": first_theme().key,
        "later": int((utcnow() - timedelta(hours=1)).timestamp() * 1_000_000),
    }


def efforts(browser, paths=PATHS):
    """{path: what its page costs who has seen it before}"""
    names, found = names_of_records(), {}
    for path in paths:
        address = path.format(**names)
        assert browser.get(address).status_code in (200, 303), address
        with counted_effort() as effort:
            browser.get(address)
        found[path] = effort.units
    return found


def test_what_a_page_costs_does_not_grow_with_the_community(sign_in, visitor):
    found = []
    for topics in (200, 2_000):
        fill(topics)
        reader = db.session.scalars(select(Member).order_by(Member.id)).first()
        of_visitors = {f"{path} to a visitor": units for path, units in efforts(visitor, KEPT).items()}
        found.append(efforts(sign_in(reader)) | of_visitors)

    few, many = found
    grown = {path: (few[path], many[path]) for path in few if many[path] > MOST * few[path] + BESIDE}
    assert not grown
