import pytest

from tests.digest.factories import official, question


@pytest.fixture
def nour():
    """Speaks Arabic, in a city that shares housing."""
    return official(offers=["housing"], reads=["ar", "fr"], name="Nour Haddad", place="Sfax", locale="en")


@pytest.fixture
def asked():
    return question("housing", language="ar", title="من جرّب السكن المؤقت؟")
