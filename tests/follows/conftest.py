import pytest

from cityexchange.core.db import db
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, start_topic


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", handle="ana-ruiz", locale="en")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", handle="ben-okoro", locale="en")


@pytest.fixture
def places():
    """{word: record}: a topic with two themes, what it stands in, and a room beside it."""
    space = SpaceFactory(name="Arrival")
    forum = ForumFactory(space=space, name="First days")
    topic = start_topic(forum, title="Two desks in one hall")
    topic.themes = [ThemeFactory(key="housing"), ThemeFactory(key="health")]
    room = RoomFactory(space=space, name="The hall")
    db.session.flush()
    themes = dict(zip(("housing", "health"), topic.themes, strict=True))
    return {"topic": topic, "forum": forum, "space": space, "room": room, **themes}


@pytest.fixture
def records(places):
    """One of each kind that can be followed, by the word of its address."""
    names = {"Topic": "topic", "Forum": "forum", "Theme": "housing", "Space": "space", "Room": "room"}
    return {kind: places[name] for kind, name in names.items()}
