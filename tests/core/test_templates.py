"""Templates ask for nothing that is not there: a missing name raises instead of being silently false."""

import pytest
from flask import render_template_string
from jinja2 import UndefinedError

from cityexchange.core.db import db, rows
from cityexchange.core.glance import Glance
from cityexchange.forums.models import Topic
from tests.forums.factories import start_topic


@pytest.fixture
def seen(app):
    """A topic as a row of columns, and as what was seen of it."""
    start_topic(title="Bus lines")
    db.session.flush()
    glance = Glance(Topic, "id title")
    row = rows(db.select(Topic.id, Topic.title), {}).one()
    with app.test_request_context("/"):
        yield [row, glance.of(rows(glance.read(db.select(Topic)), {}).one())]


@pytest.mark.parametrize(
    "words", ["{% if topic.is_bookmarked %}x{% endif %}", "{{ topic.is_bookmarked }}", "{{ nobody }}"]
)
def test_a_name_that_a_row_lacks_raises(words, seen):
    for topic in seen:
        assert render_template_string("{{ topic.title }}", topic=topic) == "Bus lines"
        with pytest.raises(UndefinedError):
            render_template_string(words, topic=topic)


def test_mails_and_drawn_parts_are_as_strict(app):
    with pytest.raises(UndefinedError):
        app.jinja_env.from_string("{% if record.is_bookmarked %}x{% endif %}").render(record=object())
