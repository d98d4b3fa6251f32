import pytest

from tests.factories import MemberFactory
from tests.forums.factories import start_topic


@pytest.fixture
def claire():
    """Her pages are French, and she reads no Turkish."""
    return MemberFactory(locale="fr", languages_read=["fr"])


@pytest.fixture
def topic():
    return start_topic(title="Masa kimin?", text="Bir masamız var.", language="tr")
