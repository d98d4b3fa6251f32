from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from cityexchange.core.i18n import local_time

pytestmark = pytest.mark.no_app
EVENING = datetime(2026, 12, 4, 23, 30, 59, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reader_in_lyon():
    app = Flask("cityexchange")
    Babel(app, timezone_selector=lambda: "Europe/Paris")
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "5 Dec 2026, 00:30"),
        ("fr", "5 déc. 2026, 00:30"),
        ("es", "5 dic 2026, 0:30"),
        ("ru", "5 дек. 2026 г., 00:30"),
        ("zh", "2026年12月5日 00:30"),
        ("ar", "05\u200f/12\u200f/2026، 00:30"),
    ],
)
def test_a_time_is_told_to_the_minute_in_the_readers_own_zone(language, words):
    with force_locale(language):
        assert local_time(EVENING).replace("\u202f", " ").replace("\xa0", " ") == words


def test_a_time_of_a_host_is_told_in_the_hosts_zone():
    with force_locale("en"):
        assert local_time(EVENING, "America/Bogota").replace("\u202f", " ") == "4 Dec 2026, 18:30"


def test_a_long_date_keeps_its_length():
    with force_locale("en"):
        assert local_time(EVENING, "UTC", "long").replace("\u202f", " ").startswith("4 December 2026")
