import pytest

from tests.factories import MemberFactory
from tests.forums.factories import start_topic


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", locale="en")


@pytest.fixture
def topic():
    return start_topic(title="Two desks in one hall")
