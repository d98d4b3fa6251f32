"""Delivery: each mail at least once, and in practice exactly once, though workers are killed and servers go away.

queued -> sending (claimed, leased) -> sent, or back to queued with a delay, or kept, dropped, failed.

1. The claim is committed before the conversation starts. Two workers cannot claim the same row.
2. The whole mail is given to the server except for the last dot. Until here a server forgets a mail whose
   sender vanishes.
3. The lease is renewed, then the dot is sent. A worker whose lease was taken away sends no dot.
4. The server's answer is noted at once, in a transaction of its own.
5. What a dead worker held is queued again.

No protocol joins a database and a mail server. Who dies between the server's yes and our commit (about a
millisecond), or in a power cut that takes the last commit along, leads to a second copy; it bears the same
Message-ID, by which receivers know it. The other way round mails would be lost, which is worse. `flask worker` keeps its
own killing (kill -9 too) out of that moment: see core/jobs/worker.py.
"""

import logging
import random
import secrets
import smtplib
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import CursorResult, case, or_, update

from cityexchange.core import jobs
from cityexchange.core.db import at_most, db, unit_of_work, utcnow
from cityexchange.core.jobs import heartbeat
from cityexchange.core.mail.kinds import NotYet, insist_on_now, refused
from cityexchange.core.mail.letters import BadAddress, NothingToSay, compose
from cityexchange.core.mail.models import NOT_YET, OutgoingMail
from cityexchange.core.mail.post_office import Refusal, open_line
from cityexchange.core.policy import is_visible
from cityexchange.core.urls import host

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
ONE_LESS = case((OutgoingMail.attempts > 1, OutgoingMail.attempts - 1), else_=1)
"""Looking is no attempt; but what nobody has tried would be due at any time."""
BACK_OFF = (1, 5, 15, 60, 180, 360, 720)
"""Minutes before the second, third ... attempt; after the last one the mail has failed."""


def deliver() -> None:
    """Sends what is due, one after the other, until nothing is due or the worker is asked to end.

    The server is called before a mail is claimed: while it cannot be reached, no mail loses an attempt.
    """
    recover()
    if not _is_anything_due():
        return None
    url = current_app.config["MAIL_URL"]
    try:
        line = open_line(url, host()) if url else None
    except (OSError, smtplib.SMTPException) as problem:
        return log.warning("mail server not reached: %s", type(problem).__name__)
    me = f"{heartbeat.own_name()}:{secrets.token_hex(8)}"
    try:
        while not jobs.stopping.is_set() and (mail_id := claim(me)):
            send(mail_id, me, line)
    except (ConnectionError, EOFError):
        log.warning("mail server hung up")
    finally:
        if line:
            line.hang_up()


def _due():
    """What nobody has tried is due whatever the clock said that it was queued by: that may have been ahead of ours."""
    is_due = or_(OutgoingMail.attempts == 0, OutgoingMail.due_at <= utcnow())
    return OutgoingMail.state == "queued", is_due


def _is_anything_due():
    with unit_of_work(writing=False):
        return db.session.scalar(db.select(OutgoingMail.id).where(*_due()).limit(at_most(1))) is not None


def claim(me: str) -> int | None:
    """The id of a mail that is now ours, or None when nothing is due."""
    while True:
        with unit_of_work():
            due = db.select(OutgoingMail.id).where(*_due()).order_by(OutgoingMail.due_at, OutgoingMail.id)
            mail_id = db.session.scalar(due.limit(at_most(1)))
            if mail_id is None:
                return None
            is_ours = _advance(
                mail_id,
                OutgoingMail.state == "queued",
                state="sending",
                claimed_by=me,
                lease_until=utcnow() + LEASE,
                attempts=OutgoingMail.attempts + 1,
            )
        if is_ours:
            return mail_id


def _advance(mail_id, condition, **values) -> bool:
    changed = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == mail_id, condition)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return isinstance(changed, CursorResult) and changed.rowcount == 1


def send(mail_id: int, me: str, line) -> None:
    """Brings one claimed mail to a state that says what became of it; ConnectionError when the line is lost."""
    try:
        state, reason = _attempt(mail_id, me, line)
        settle(mail_id, me, state, reason)
    except NotYet as wait:
        _requeue(mail_id, me, NOT_YET, wait.until, attempts=ONE_LESS)
    except BadAddress:
        settle(mail_id, me, "failed", "address")
    except Refusal as no:
        settle(mail_id, me, "failed", str(no)) if no.is_final else postpone(mail_id, me, str(no))
        if no.is_closing:
            raise ConnectionError from no
    except (OSError, smtplib.SMTPException) as problem:
        postpone(mail_id, me, type(problem).__name__)
        raise ConnectionError from problem
    except Exception as problem:
        log.exception("mail %s", mail_id)
        postpone(mail_id, me, type(problem).__name__)


def _attempt(mail_id, me, line):
    letter, reason = _prepare(mail_id)
    if reason:
        return "dropped", reason
    if line is None:
        return "kept", None
    _hand_over(mail_id, me, line, letter)
    return "sent", None


class LeaseLost(ConnectionError):
    """Somebody else was given this mail while we talked; theirs is the dot."""


def _prepare(mail_id):
    with unit_of_work(writing=False):
        mail = db.session.get(OutgoingMail, mail_id, populate_existing=True)
        if reason := why_not(mail):
            return None, reason
        insist_on_now(mail)
        try:
            return compose(mail), None
        except NothingToSay:
            return None, "nothing_to_say"


def why_not(mail) -> str | None:
    """Why a mail must not go out any more, or None. What derives from a record is visible exactly when it is."""
    if mail.member and not mail.member.is_active:
        return "inactive"
    if reason := refused(mail):
        return reason
    if mail.record_type and (mail.record is None or not is_visible(mail.member, mail.record)):
        return "not_visible"
    return None


def _hand_over(mail_id, me, line, letter):
    line.offer(letter)
    with unit_of_work():
        still_ours = (OutgoingMail.claimed_by == me) & (OutgoingMail.state == "sending")
        is_ours = _advance(mail_id, still_ours, lease_until=utcnow() + LEASE)
    if not is_ours:
        line.give_up()
        raise LeaseLost
    line.hand_over()


def settle(mail_id: int, me: str, state: str, reason: str | None = None) -> None:
    """One statement, for between the server's yes and this commit lies the moment that may double a mail."""
    # What was sent is not kept: its facts may hold a code.
    forgotten: dict[str, Any] = {"facts": {}} if state == "sent" else {}
    _release(mail_id, me, state=state, reason=reason, finished_at=utcnow(), **forgotten)


def postpone(mail_id: int, me: str, reason: str) -> None:
    """Later, each time later, a little at random so that not all come at once."""
    with unit_of_work(writing=False):
        attempts = db.session.scalar(db.select(OutgoingMail.attempts).filter_by(id=mail_id))
    if attempts > len(BACK_OFF):
        return settle(mail_id, me, "failed", reason)
    minutes = BACK_OFF[attempts - 1] * random.uniform(0.8, 1.2)
    _requeue(mail_id, me, reason, utcnow() + timedelta(minutes=minutes))


def _requeue(mail_id, holder, reason, due_at, **values):
    _release(mail_id, holder, state="queued", reason=reason, due_at=due_at, **values)


def _release(mail_id, holder, **values):
    with unit_of_work():
        _advance(mail_id, OutgoingMail.claimed_by == holder, claimed_by=None, lease_until=None, **values)


def recover() -> None:
    """Queues again what dead workers held, and gives up what has outlived many workers: it may be what kills them."""
    with unit_of_work(writing=False):
        held = db.session.execute(
            db.select(
                OutgoingMail.id, OutgoingMail.claimed_by, OutgoingMail.lease_until, OutgoingMail.attempts
            ).where(OutgoingMail.state == "sending")
        ).all()
    for mail_id, holder, lease_until, attempts in held:
        if lease_until > utcnow() and not heartbeat.is_dead(holder):
            continue
        if attempts > len(BACK_OFF):
            settle(mail_id, holder, "failed", "worker_died")
        else:
            _requeue(mail_id, holder, None, utcnow())
