import pytest

from tests.factories import MemberFactory


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", handle="ana-ruiz", locale="en")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", handle="ben-okoro", locale="en")


@pytest.fixture
def facilitator():
    return MemberFactory(name="Fay Team", team_role="facilitator", city=None)
