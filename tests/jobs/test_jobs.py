from datetime import timedelta

import pytest

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.jobs import Sweep, run_sweep, sweeps, wake
from cityexchange.core.jobs.heartbeat import Heartbeat, beat, farewell
from tests.factories import MemberFactory


@pytest.fixture
def naming():
    sweeps.add("naming", Sweep(lambda: MemberFactory(name="Swept")))
    yield
    sweeps.remove("naming")


def swept():
    from cityexchange.members.models import Member

    return db.session.scalar(db.select(db.func.count()).select_from(Member).filter_by(name="Swept"))


def test_a_wake_after_the_commit_leads_to_one_sweep(huey, naming):
    with unit_of_work():
        wake("naming")
        wake("naming")
        assert huey.pending_count() == 0
    assert huey.pending_count() == 1
    huey.execute(huey.dequeue())

    assert swept() == 1


def test_what_was_undone_wakes_nobody(huey):
    with unit_of_work() as work:
        wake("naming")
        work.undo()

    assert huey.pending_count() == 0


def test_a_sweep_happens_wholly_or_not_at_all(app, monkeypatch):
    def half():
        MemberFactory(name="Swept")
        raise RuntimeError

    sweeps.add("half", Sweep(half))
    monkeypatch.setattr(app, "testing", False)
    run_sweep("half")
    sweeps.remove("half")

    assert swept() == 0


@pytest.mark.parametrize("environment", ["production", "development"])
def test_readiness_notices_a_worker_that_fell_silent(app, visitor, monkeypatch, environment):
    monkeypatch.setitem(app.config, "ENV_NAME", environment)
    beat()
    db.session.flush()
    assert visitor.get("/readyz").json["checks"]["worker"] == {"ok": True, "state": "ok"}
    db.session.scalars(db.select(Heartbeat)).one().at = utcnow() - timedelta(seconds=91)
    answer = visitor.get("/readyz")

    assert answer.status_code == 503
    assert answer.json["checks"]["worker"] == {"ok": False, "state": "NoWorker"}


def test_without_any_worker_production_is_not_ready_and_development_says_so(app, visitor, monkeypatch):
    beat()
    farewell()
    state = visitor.get("/readyz").json["checks"]["worker"]
    assert state["ok"] and state["state"].startswith("none running")
    monkeypatch.setitem(app.config, "ENV_NAME", "production")

    assert visitor.get("/readyz").status_code == 503


def test_readiness_tells_database_redis_worker_and_migrations(visitor):
    assert set(visitor.get("/readyz").json["checks"]) == {
        "database",
        "redis",
        "worker",
        "migrations",
        "zones",
    }


def test_an_unreachable_redis_is_not_ready(app, visitor, monkeypatch):
    assert visitor.get("/readyz").json["checks"]["redis"]["state"] == "not used"
    app.extensions.pop("readiness", None)
    monkeypatch.setitem(app.config, "REDIS_URL", "redis://127.0.0.1:1/0")

    assert visitor.get("/readyz").json["checks"]["redis"]["ok"] is False


def test_a_database_behind_the_code_is_not_ready(app, visitor, monkeypatch):
    assert visitor.get("/readyz").json["checks"]["migrations"]["ok"]
    app.extensions.pop("readiness", None)
    monkeypatch.setattr("cityexchange.core.readiness.newest", lambda: {"abc"})
    monkeypatch.setattr(app, "testing", False)

    assert visitor.get("/readyz").json["checks"]["migrations"] == {"ok": False, "state": "MigrationsPending"}
