import pytest

from tests.home.house import House


@pytest.fixture
def house(app):
    with app.test_request_context("/"):
        yield House()
