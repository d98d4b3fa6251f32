"""What nobody needs any more: files sent in but never used, and bytes whose row is gone."""

from datetime import timedelta

from flask import current_app

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.files.models import File

KEPT_UNATTACHED = timedelta(days=1)


def remove_unattached() -> None:
    """Their bytes follow with the next search for remains."""
    too_old = utcnow() - KEPT_UNATTACHED
    db.session.execute(db.delete(File).where(File.record_type.is_(None), File.created_at < too_old))


def remove_remains() -> None:
    """Bytes without a row, also of uploads whose unit of work was undone; young ones may still get theirs."""
    storage = current_app.extensions["files"]
    with unit_of_work(writing=False):
        known = set(db.session.scalars(db.select(File.place)))
    for place, since in list(storage.places()):
        if since < utcnow() - KEPT_UNATTACHED and place.split("-")[0] not in known:
            storage.remove(place)
