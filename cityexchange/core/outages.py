"""What fails around us: a database that is busy, full or gone, a disk without room, files out of reach. It is said in words, with a
code that means "later", and with what was typed; nothing was changed. One line in the log, without a way through our code: it is none
of our faults.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import ServiceUnavailable

from cityexchange.core.databases.faults import Fault, fault_of
from cityexchange.core.db import unit_of_work
from cityexchange.core.logs import log

SOON, LATER = 5, 60
"""Seconds after which another try makes sense."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


class FilesOutOfReach(OSError):
    """The store of files does not answer."""


class Outage(ServiceUnavailable):
    words: Any = None
    is_plain = False
    """Whether the page must do without what the database tells, its frame too."""


class IsBusy(Outage):
    """The words are those of every 503."""


class IsGone(Outage):
    is_plain = True
    words = (
        _l("What is stored here cannot be reached"),
        _l(
            "Nothing can be shown or saved at the moment. Please try again in a minute. Nothing that you saved is lost."
        ),
    )


class HasNoFiles(Outage):
    words = (
        _l("Files cannot be reached"),
        _l(
            "Texts can be read and written as ever. To open or add a file, please try again in a few minutes."
        ),
    )


class HasNoRoom(Outage):
    code = 507
    description = "There is no room to save this."
    words = (
        _l("Nothing can be saved at the moment"),
        _l(
            "The place where this site keeps things is full, or closed to writing. Reading goes on. Please try again later, and tell the people who run the site if it lasts."
        ),
    )


OF_DATABASE = {Fault.BUSY: IsBusy, Fault.FULL: HasNoRoom, Fault.GONE: IsGone}


def outage_of(error: BaseException) -> Outage | None:
    """The refusal that says it, or None where something else went wrong."""
    kind = OF_DATABASE.get(fault) if (fault := fault_of(error)) else _of_files(error)
    if kind is None:
        return None
    return kind(retry_after=SOON if kind is IsBusy else LATER)


def _of_files(error):
    if isinstance(error, FilesOutOfReach):
        return HasNoFiles
    return HasNoRoom if isinstance(error, OSError) and error.errno in NO_ROOM else None


def note(outage: Outage, error: BaseException, name: str | None) -> None:
    """One line."""
    cause = error.__cause__ or getattr(error, "orig", None) or error
    request_id = g.get("request_id") if has_request_context() else None
    facts = {"kind": type(outage).__name__, "error": type(cause).__name__, "status": outage.code}
    log.error("outage", request_id=request_id, where=name, **facts)


class Rounds:
    """What is tried again and again, whatever becomes of it. Of what goes wrong one line tells the beginning, and one the end."""

    def __init__(self, name: str):
        self.name = name
        self._trouble: type[BaseException] | None = None

    @contextmanager
    def one(self) -> Iterator[None]:
        """One of them."""
        try:
            yield
        except Exception as error:
            self._tell(error)
        else:
            if self._trouble:
                log.info("outage over", where=self.name)
            self._trouble = None

    def _tell(self, error):
        outage = outage_of(error)
        trouble = type(outage or error)
        if trouble is not self._trouble:
            note(outage, error, self.name) if outage else log.error(
                "round failed", where=self.name, exc_info=error
            )
        self._trouble = trouble


def answer(app: Flask, outage: Outage, error: BaseException) -> Response:
    """In place of what failed, in a unit of its own that only reads."""
    note(outage, error, request.endpoint)
    if outage.is_plain:
        # Who reads is asked of the database.
        g.is_reader_unknown, g._login_user = True, vars(app)["login_manager"].anonymous_user()
    with unit_of_work(writing=False):
        return app.finalize_request(app.handle_http_exception(outage), from_error_handler=True)
