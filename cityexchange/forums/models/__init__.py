"""Forums, topics and posts.

Counters and positions change under the lock of the row they stand in, the topic's before the forum's, so that
two processes neither overwrite each other nor wait in a circle.
"""

from cityexchange.forums.models.forums import Forum
from cityexchange.forums.models.posts import PAGE, Post, Revision, StaleEdit, first_on, page_of
from cityexchange.forums.models.read_positions import ReadPosition
from cityexchange.forums.models.taggings import Tagging
from cityexchange.forums.models.topics import ANSWERED, ASKING, HIDDEN, KINDS, TALKING, Answer, Topic

__all__ = [
    "ANSWERED",
    "ASKING",
    "HIDDEN",
    "KINDS",
    "PAGE",
    "TALKING",
    "Answer",
    "Forum",
    "Post",
    "ReadPosition",
    "Revision",
    "StaleEdit",
    "Tagging",
    "Topic",
    "first_on",
    "page_of",
]
