"""An open topic hears of new posts. What was missed meanwhile comes with the answer to `topic:enter`."""

from cityexchange.core.policy import can
from cityexchange.core.sockets import follow, handler, unfollow
from cityexchange.core.web import find, me
from cityexchange.forums.frames import author_on, frame_of
from cityexchange.forums.models import PAGE, Topic
from cityexchange.forums.reading import posts_between


@handler("topic:enter", writing=False)
def enter_topic(topic_id: int, after: int = 0):
    topic = find(Topic, topic_id)
    if can(me(), "name_people", topic):
        follow(topic)  # what goes out live is one and the same for all, with names
    after = min(after, topic.post_count)
    rows = posts_between(topic, me(), after, after + PAGE)
    posts = [frame_of(row, author_on(row)) for row in rows if row.removed_at is None]
    more = topic.post_count > after + PAGE
    return {"newest": topic.post_count, "posts": posts, "more": more, "step": PAGE}


@handler("topic:leave", writing=False)
def leave_topic(topic_id: int):
    unfollow(find(Topic, topic_id))
