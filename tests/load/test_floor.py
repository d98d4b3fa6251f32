"""The floor writes raw SQL: it must follow the tables, or what is measured beside it is wrong."""

import importlib

import pytest

from cityexchange.core.db import db
from cityexchange.forums.models import Post
from tests.forums.factories import start_topic

PAGES = ("/forums", "/forums/{slug}", "/topics/{id}", "/workshops")


@pytest.fixture
def topic(app):
    """As the floor's addresses name it. Committed, and nothing of ours at work: SQLite lets one write at a time."""
    topic = start_topic()
    names = {"id": topic.id, "slug": topic.forum.slug, "author_id": topic.author_id}
    db.session.commit()
    return names


@pytest.fixture
def floor(database_url, topic, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FLOOR_AUTHOR", str(topic["author_id"]))
    from tests.load import floor_app  # it reads where its database is as it is loaded

    floor_app = importlib.reload(floor_app)
    yield floor_app.app.test_client()
    while floor_app.idle:
        floor_app.idle.pop().close()


@pytest.mark.parametrize("page", PAGES)
def test_the_floor_shows_each_page(floor, topic, page):
    answer = floor.get(page.format(**topic))
    assert answer.status_code == 200
    assert "<h1>" in answer.text


def test_a_reply_on_the_floor_is_a_post_as_ours(floor, topic):
    assert floor.post(f"/topics/{topic['id']}/posts", data={"text": "At the gate."}).status_code == 303
    assert db.session.query(Post).filter_by(topic_id=topic["id"], text="At the gate.").one()


def test_a_reply_that_fails_on_the_floor_lets_the_next_one_in(floor, topic):
    assert floor.post("/topics/0/posts", data={"text": "To nobody."}).status_code == 500
    assert floor.post(f"/topics/{topic['id']}/posts", data={"text": "At the gate."}).status_code == 303
