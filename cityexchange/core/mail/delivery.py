"""Delivery: each mail once, though workers are killed and servers go away.

queued -> sending (claimed, leased) -> handed_over -> sent, or back to queued with a delay, or dropped, or failed.

1. The claim is committed before the conversation starts. Two workers cannot claim the same row.
2. The whole mail is given to the server except for the last dot. A worker that dies until here has sent nothing:
   its rows go back to queued.
3. In one transaction: `handed_over` is written, the dot is sent, then the commit. A worker whose lease was
   taken away finds no row to write and sends no dot.
4. The server's answer is noted. `handed_over` by a dead worker counts as sent.

What remains, for no protocol joins a database and a mail server: whoever dies between the dot and the
commit (about 0.1 ms) makes a second copy, with the same Message-ID, by which receivers know it; whoever dies
between the commit and the answer, of a mail that the server then refuses at the very dot, loses it. `flask worker`
protects itself from both (see core/jobs/worker.py): its killing lets the mail in hand come to its end. A lost
connection in step 4 leads to a second attempt, as RFC 5321 (4.5.3.2.6) asks.
"""

import logging
import os
import random
import secrets
import smtplib
import socket
from datetime import timedelta

from flask import current_app
from sqlalchemy import update

from cityexchange.core import jobs
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.mail.kinds import MailPreference
from cityexchange.core.mail.letters import BadAddress, compose, host
from cityexchange.core.mail.models import OutgoingMail
from cityexchange.core.mail.post_office import Refusal, open_line
from cityexchange.core.policy import is_visible

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
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
    me = f"{socket.gethostname()[:100]}:{os.getpid()}:{secrets.token_hex(8)}"
    try:
        while not jobs.stopping.is_set() and (mail_id := claim(me)):
            send(mail_id, me, line)
    except (ConnectionError, EOFError):
        log.warning("mail server hung up")
    finally:
        if line:
            line.hang_up()


def _due():
    return OutgoingMail.state == "queued", OutgoingMail.due_at <= utcnow()


def _is_anything_due():
    with unit_of_work(writing=False):
        return db.session.scalar(db.select(OutgoingMail.id).where(*_due()).limit(1)) is not None


def claim(me: str) -> int | None:
    """The id of a mail that is now ours, or None when nothing is due."""
    while True:
        with unit_of_work():
            due = db.select(OutgoingMail.id).where(*_due()).order_by(OutgoingMail.due_at, OutgoingMail.id)
            mail_id = db.session.scalar(due.limit(1))
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
    return changed.rowcount == 1


def send(mail_id: int, me: str, line) -> None:
    """Brings one claimed mail to a state that says what became of it."""
    try:
        letter, reason = _prepare(mail_id)
        if reason:
            return settle(mail_id, me, "dropped", reason)
        if line is None:
            return settle(mail_id, me, "kept")
        _hand_over(mail_id, me, line, letter)
        settle(mail_id, me, "sent")
    except BadAddress:
        settle(mail_id, me, "failed", "address")
    except Refusal as no:
        settle(mail_id, me, "failed", str(no)) if no.is_final else postpone(mail_id, me, str(no))
        if no.is_closing:
            raise ConnectionError from no
    except LeaseLost:
        raise ConnectionError from None
    except (OSError, smtplib.SMTPException) as problem:
        postpone(mail_id, me, type(problem).__name__)
        raise ConnectionError from problem
    except Exception as problem:
        log.exception("mail %s", mail_id)
        postpone(mail_id, me, type(problem).__name__)


class LeaseLost(Exception):
    """Somebody else was given this mail while we talked; theirs is the dot."""


def _prepare(mail_id):
    with unit_of_work(writing=False):
        mail = db.session.get(OutgoingMail, mail_id, populate_existing=True)
        reason = why_not(mail)
        return (None, reason) if reason else (compose(mail), None)


def why_not(mail) -> str | None:
    """Why a mail must not go out any more, or None. What derives from a record is visible exactly when it is."""
    if mail.member and not mail.member.is_active:
        return "inactive"
    if not MailPreference.is_wanted(mail.member_id, mail.template):
        return "switched_off"
    if mail.record_type and (mail.record is None or not is_visible(mail.member, mail.record)):
        return "not_visible"
    return None


def _hand_over(mail_id, me, line, letter):
    line.offer(letter)
    with unit_of_work():
        still_ours = (OutgoingMail.claimed_by == me) & (OutgoingMail.state == "sending")
        if not _advance(mail_id, still_ours, state="handed_over"):
            line.give_up()
            raise LeaseLost
        line.hand_over()
    line.reply()


def settle(mail_id: int, me: str, state: str, reason: str | None = None) -> None:
    with unit_of_work():
        if mail := _ours(mail_id, me):
            mail.finish(state, reason)


def postpone(mail_id: int, me: str, reason: str) -> None:
    """Later, each time later, a little at random so that not all come at once."""
    with unit_of_work():
        if mail := _ours(mail_id, me):
            if mail.attempts > len(BACK_OFF):
                return mail.finish("failed", reason)
            minutes = BACK_OFF[mail.attempts - 1] * random.uniform(0.8, 1.2)
            mail.state, mail.reason, mail.claimed_by = "queued", reason, None
            mail.due_at = utcnow() + timedelta(minutes=minutes)


def _ours(mail_id, me):
    return db.session.scalar(
        db.select(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.claimed_by == me)
        .execution_options(populate_existing=True)
    )


def recover() -> None:
    """Takes back what dead workers held: not handed over is queued again, handed over is sent."""
    with unit_of_work(writing=False):
        held = db.session.execute(
            db.select(OutgoingMail.id, OutgoingMail.claimed_by, OutgoingMail.lease_until).where(
                OutgoingMail.state.in_(("sending", "handed_over"))
            )
        ).all()
    now = utcnow()
    for mail_id, holder, lease_until in held:
        if lease_until is None or lease_until < now or _is_dead(holder):
            _take_back(mail_id, holder)


def _take_back(mail_id, holder):
    with unit_of_work():
        mail = _ours(mail_id, holder)
        if mail and mail.state == "handed_over":
            mail.finish("sent", "answer_not_heard")
        elif mail and mail.state == "sending" and mail.attempts > len(BACK_OFF):
            mail.finish("failed", "worker_died")
        elif mail and mail.state == "sending":
            mail.state, mail.claimed_by, mail.due_at = "queued", None, utcnow()


def _is_dead(holder):
    """Only sure of processes of this machine; others are waited for until their lease ends."""
    name, pid, _ = (holder or "::").rsplit(":", 2)
    if name != socket.gethostname()[:100] or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False
