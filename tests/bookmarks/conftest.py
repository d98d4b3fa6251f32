import pytest

from tests.factories import MemberFactory
from tests.forums.factories import start_topic
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", locale="en")


@pytest.fixture
def topic():
    return start_topic(title="Two desks in one hall")


@pytest.fixture
def workshop():
    return WorkshopFactory(title="Counting newcomers", is_announced=True)


@pytest.fixture
def visit():
    return open_visit(title="A morning at the counter")


@pytest.fixture
def records(topic, workshop, visit):
    """One of each kind that can be kept, by the word of its address."""
    return {"Topic": topic, "Workshop": workshop, "StudyVisit": visit}
