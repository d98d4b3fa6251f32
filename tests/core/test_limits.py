"""What was counted is forgotten when its time is over, by the worker."""

from datetime import timedelta

from cityexchange.core.db import db, utcnow
from cityexchange.core.jobs import run_sweep
from cityexchange.core.limits import TryCount


def test_windows_that_have_ended_are_forgotten_and_others_kept():
    for key, minutes in (("over", -1), ("running", 5)):
        db.session.add(TryCount(key=key, window_ends_at=utcnow() + timedelta(minutes=minutes), count=3))
    db.session.commit()
    run_sweep("tries")
    assert db.session.scalars(db.select(TryCount.key)).all() == ["running"]
