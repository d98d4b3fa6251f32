"""An open topic hears that something came, and where it stands now: what came, the page asks for (views/topics.py)."""

from cityexchange.core.db import db
from cityexchange.core.sockets import follow, handler, spread_of, unfollow
from cityexchange.core.web import find
from cityexchange.forums.models import Topic
from cityexchange.forums.standing import standing_after


@handler("topic:enter", writing=False)
def enter_topic(topic_id: int, after: int = 0):
    topic = find(Topic, topic_id)
    follow(topic)
    db.session.refresh(
        topic, ["post_count", "version"]
    )  # what came before it followed is told by nobody else
    newest, fresh = topic.post_count, standing_after(topic, after)
    now = {"newest": newest, "more": newest > after, "fresh": fresh, "version": topic.version}
    return now | {"spread": spread_of(topic)}


@handler("topic:leave", writing=False)
def leave_topic(topic_id: int):
    unfollow(find(Topic, topic_id))
