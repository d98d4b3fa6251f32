"""From upload to row: looked at, drawn anew, stored, noted."""

import hashlib
import secrets
from typing import Any, NamedTuple

from flask import current_app

from cityexchange.core.db import db
from cityexchange.core.files.images import redraw
from cityexchange.core.files.kinds import (
    MOST_BYTES,
    Kind,
    Refused,
    SomeRefused,
    in_utf8,
    kind_of,
    shown_name,
)
from cityexchange.core.files.limits import UPLOADS
from cityexchange.core.files.models import File
from cityexchange.core.limits import caller
from cityexchange.core.threads import run_in_thread

MOST_WAITING = 100
"""Files of one member that hang on nothing yet."""


class Received(NamedTuple):
    kind: Kind
    large: bytes
    small: bytes | None = None
    width: int | None = None
    height: int | None = None


def receive(upload: Any, uploader: Any, only: tuple[str, ...] = ()) -> File:
    """The file of a form's field (`request.files.get("file")`), stored and in this unit of work, attached to nothing.

    `uploader` is None for somebody without an account, `only` the extensions that are taken there. Call it before the unit's first change: the slow work is done beside the event loop. Raises Refused, and TooManyRequests: what is
    refused has cost as much as what is taken.
    """
    uploader_id = uploader.id if uploader else None
    received, place, name = _take_in(upload, uploader_id, only)
    return _note(received, place, name, uploader_id)


def receive_all(uploads: list[Any], uploader: Any) -> list[File]:
    """Several at once, or none of them: all are looked at before the first row is written. Raises SomeRefused."""
    taken, refused = [], []
    for upload in uploads:
        try:
            taken.append(_take_in(upload, uploader.id))
        except Refused as refusal:
            refused.append((upload.filename, refusal.reason))
    if refused:
        raise SomeRefused(refused, has_others=bool(taken))
    return [_note(received, place, name, uploader.id) for received, place, name in taken]


def _take_in(upload, uploader_id, only=()):
    UPLOADS.take(uploader_id or caller())
    _refuse_hoarding(uploader_id)
    content, name = _content(upload), upload.filename
    received = run_in_thread(look_at, content, name, only)
    place = secrets.token_hex(16)
    storage = current_app.extensions["files"]
    storage.put(f"{place}-large", received.large)
    if received.small is not None:
        storage.put(f"{place}-small", received.small)
    return received, place, shown_name(name, received.kind)


def look_at(content: bytes, name: str | None, only: tuple[str, ...] = ()) -> Received:
    """Pure and slow. Raises Refused."""
    kind = kind_of(content, name or "")
    if only and kind.extension not in only:
        raise Refused("no_letter")
    if kind.family != "image":
        return Received(kind, in_utf8(content) if kind.family == "text" else content)
    picture = redraw(content, kind.detail)
    return Received(kind, picture.large, picture.small, picture.width, picture.height)


def _content(upload):
    if upload is None or not upload.filename:
        raise Refused("missing")
    most = max(MOST_BYTES.values())
    content = upload.stream.read(most + 1)
    if len(content) > most:
        raise Refused("too_large")
    return content if content else _refuse_empty()


def _refuse_empty():
    raise Refused("empty")


def _refuse_hoarding(uploader_id):
    waiting = db.select(db.func.count(File.id)).where(
        File.uploader_id == uploader_id, File.record_type.is_(None)
    )
    if db.session.scalar(waiting) >= MOST_WAITING:
        raise Refused("too_many_waiting")


def _note(received, place, name, uploader_id):
    file = File(
        place=place,
        digest=hashlib.sha256(received.large).hexdigest(),
        name=name,
        content_type=received.kind.content_type,
        size=len(received.large),
        width=received.width,
        height=received.height,
        has_small=received.small is not None,
        uploader_id=uploader_id,
    )
    db.session.add(file)
    db.session.flush()
    return file
