"""What follows from a post: its writer follows the topic and has read it, and open pages hear of it."""

from cityexchange.core.db import db
from cityexchange.core.sockets import tell
from cityexchange.forums.frames import frame_of
from cityexchange.forums.models import Follow, ReadPosition
from cityexchange.forums.reading import Names, posts_between
from cityexchange.forums.signals import post_edited, post_posted, post_removed


@post_posted.connect
def follow_what_one_writes_in(post):
    Follow.begin(post.author, post.topic)
    ReadPosition.advance(post.author, post.topic, post.position)


@post_posted.after_commit
def tell_of_post(post):
    if row := _as_told(post):
        tell(post.topic, "post:posted", **frame_of(row))


@post_edited.after_commit
def tell_of_edit(post, revision):
    if row := _as_told(post):
        tell(post.topic, "post:changed", **frame_of(row))


@post_removed.after_commit
def tell_of_removal(post, remover):
    tell(post.topic, "post:removed", topic_id=post.topic_id, id=post.id, position=post.position)


def _as_told(post):
    """The post as every member who sees its topic may know it; None once it is gone."""
    names = Names(post.author, post.topic.forum.space.hides_names)
    row = db.session.execute(posts_between(post.topic, names, post.position - 1, post.position)).first()
    return row if row and row.removed_at is None else None
