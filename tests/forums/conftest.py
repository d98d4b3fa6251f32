import pytest

from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", handle="ana-ruiz", locale="en")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", handle="ben-okoro", locale="en")


@pytest.fixture
def facilitator():
    return MemberFactory(name="Fay Team", team_role="facilitator", city=None)


@pytest.fixture
def topic(ana):
    return start_topic(author=ana)


@pytest.fixture
def public_topic(ana):
    return start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")), ana)
