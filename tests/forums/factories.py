import factory

from cityexchange.forums.models import Forum
from tests.factories import MemberFactory, ModelFactory, SpaceFactory


class ForumFactory(ModelFactory):
    class Meta:
        model = Forum

    slug = factory.Sequence("forum-{}".format)
    name = factory.Sequence("Forum {}".format)
    space = factory.SubFactory(SpaceFactory)


def start_topic(forum=None, author=None, **facts):
    """A topic by its verb, as a member would start it."""
    facts = {"title": "How to begin?", "text": "We have two people and one desk.", "kind": "question"} | facts
    return (forum or ForumFactory()).start_topic(author or MemberFactory(), **facts)
