import re

import factory

from cityexchange.core.db import db
from cityexchange.forums.models import Forum, Post
from tests.factories import MemberFactory, ModelFactory, SpaceFactory


class ForumFactory(ModelFactory):
    class Meta:
        model = Forum

    slug = factory.Sequence("forum-{}".format)
    name = factory.Sequence("Forum {}".format)
    space = factory.SubFactory(SpaceFactory)


def start_topic(forum=None, author=None, **values):
    """A topic by its verb, as a member would start it."""
    values = {
        "title": "How to begin?",
        "text": "We have two people and one desk.",
        "kind": "question",
    } | values
    return (forum or ForumFactory()).start_topic(author or MemberFactory(), **values)


def newest():
    return db.session.scalar(db.select(Post).order_by(Post.id.desc()))


def opening(topic):
    return db.session.scalar(db.select(Post).filter_by(topic_id=topic.id, position=1))


def titles(page):
    """Titles of a list of topics, as its page shows them."""
    return re.findall(r'class="row__title">\s*<a [^>]*>([^<]*)</a>', page)
