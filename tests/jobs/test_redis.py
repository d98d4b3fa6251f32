"""With Redis, waking goes through it: the same deed, another store."""

import pytest

from cityexchange.app import create_app
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.jobs import wake
from config import TestConfig
from tests.services import Redis
from tests.session import new_database

pytestmark = pytest.mark.needs("redis")


@pytest.fixture
def redis():
    with Redis() as redis:
        yield redis


def test_redis_carries_the_wake(redis, tmp_path):
    class Settings(TestConfig):
        DATA_FOLDER = str(tmp_path)
        SQLALCHEMY_DATABASE_URI = new_database("waking", tmp_path)
        REDIS_URL = redis.url

    app = create_app(Settings)
    with app.app_context():
        db.create_all()
        with unit_of_work():
            wake("mail")
        huey = app.extensions["huey"]
        assert huey.pending_count() == 1
        huey.execute(huey.dequeue())
        answer = app.test_client().get("/readyz").json["checks"]["redis"]
        db.session.remove()
        db.engine.dispose()

    assert answer == {"ok": True, "state": "ok"}
