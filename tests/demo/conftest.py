"""The illustrative community, for the tests that look at it."""

import pytest

from tests.demo.keeping import load_or_put_back


@pytest.fixture
def community(app):
    load_or_put_back()
