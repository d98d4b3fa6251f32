"""What is told by mail: rows that wait are gathered by conversation or by day, and become one mail.

A mail is queued in the transaction that says of its rows that they are mailed, so two workers make one mail, and one that is
killed loses and doubles nothing. What is read while it waits needs no mail any more.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, case, func, select, update

from cityexchange.cities.models import City
from cityexchange.core import jobs
from cityexchange.core.db import at_most, db, unit_of_work, utcnow
from cityexchange.core.mail import queue_mail
from cityexchange.core.statements import execute
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running
from cityexchange.notifications.hours import Hours
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.models import UNMAILED, Notification, QuietHours
from cityexchange.notifications.wanted import DAY

AT_ONCE = timedelta(minutes=1)
"""What is wanted at once waits for the next sentence of whoever wrote it."""
QUIET, LONGEST = timedelta(minutes=5), timedelta(minutes=20)
"""A bundle is made when nothing has come for so long, or when its first row is so old."""
AWAY = timedelta(minutes=10)
"""In the chat one is there, or somewhere else: who has not read a message for so long is away."""
LONGEST_LIST = 500
"""Rows that one mail looks at; of more it tells the newest."""
WAITS = (UNMAILED, Notification.read_at.is_(None))
ABOUT = func.coalesce(Notification.conversation, Notification.occasion)
BY_DAY = Notification.mailing == "daily"


def mail_conversations() -> None:
    """Sweep: what is wanted at once or in bundles."""
    forget_what_was_read()
    for group in _found(_conversations()):
        if jobs.stopping.is_set():
            return
        if _is_due(group):
            _mail(group, "notifications/conversation", ~BY_DAY, group.about == ABOUT)


def mail_days() -> None:
    """Sweep: the mail of a day, on the morning of a working day."""
    for group in _found(_days()):
        if jobs.stopping.is_set():
            return
        hours, now = _hours(group), utcnow()
        if hours.morning_after(group.first_at) <= now and not hours.are_quiet(now):
            _mail(group, "notifications/daily", BY_DAY)


def forget_what_was_read() -> None:
    """It was read before its mail was due."""
    was_read = (UNMAILED, Notification.read_at.is_not(None))
    if _found(select(Notification.id).where(*was_read).limit(at_most(1))):
        with unit_of_work():
            execute(update(Notification).where(*was_read).values(mailed_at=utcnow()), {})


def _found(query):
    with unit_of_work(writing=False):
        return db.session.execute(query).all()


def _conversations() -> Select[Any]:
    def some(condition):
        return func.max(case((condition, 1), else_=0))

    return (
        _groups(
            ABOUT.label("about"),
            func.max(Notification.created_at).label("last_at"),
            some(Notification.mailing == "at_once").label("is_at_once"),
            some(Notification.record_type == "Message").label("is_chat"),
            some(Notification.kind.in_([name for name, kind in KINDS.items() if kind.is_urgent])).label(
                "is_urgent"
            ),
        )
        .where(~BY_DAY)
        .group_by(ABOUT)
    )


def _days() -> Select[Any]:
    return _groups().where(BY_DAY)


def _groups(*columns):
    """What waits, with whose it is and their hours."""
    held = select(City.country).join(Seat, Seat.city_id == City.id)
    country = held.where(Seat.member_id == Member.id, running()).order_by(Seat.id.desc()).limit(at_most(1))
    own = Member.timezone, QuietHours.begins, QuietHours.ends, QuietHours.on_free_days
    first, newest = func.min(Notification.created_at), func.max(Notification.id)
    waiting = select(
        Notification.member_id, first.label("first_at"), newest.label("newest"), *columns, *own,
        country.scalar_subquery().label("country"),
    )  # fmt: skip
    whose = waiting.join(Member, Member.id == Notification.member_id)
    quiet = whose.outerjoin(QuietHours, QuietHours.member_id == Member.id)
    return quiet.where(*WAITS).group_by(Notification.member_id, Member.id, *own)


def _hours(group) -> Hours:
    if group.begins is None:
        return Hours(group.timezone, group.country)
    return Hours(group.timezone, group.country, group.begins, group.ends, group.on_free_days)


def _is_due(group) -> bool:
    now = utcnow()
    if not group.is_urgent and _hours(group).are_quiet(now):
        return False
    if group.is_at_once:
        due_at = group.first_at + AT_ONCE
    else:
        due_at = min(group.last_at + QUIET, group.first_at + LONGEST)
    return max(due_at, group.first_at + AWAY) <= now if group.is_chat else due_at <= now


def _mail(group, template, *which):
    """Of two workers the later one finds nothing left to claim; what came meanwhile waits for its own mail."""
    with unit_of_work():
        theirs = Notification.member_id == group.member_id, Notification.id <= group.newest
        claimed = update(Notification).where(*theirs, *WAITS, *which).values(mailed_at=utcnow())
        told = (Notification.id, Notification.kind, Notification.conversation)
        rows = execute(claimed.returning(*told), {}).all()
        if rows:
            _queue(db.session.get(Member, group.member_id), template, sorted(rows))


def _queue(member, template, rows):
    ids = [row.id for row in rows][-LONGEST_LIST:]
    is_day = template == "notifications/daily"
    conversation = None if is_day else rows[0].conversation
    facts = {"notifications": ids, **_kinds([row.kind for row in rows], is_day)}
    queue_mail(f"told:{ids[-1]}:{member.id}", member, template, conversation=conversation, **facts)


def _kinds(told, is_day):
    """As what it is sent, and all that its link may stop. A mail that tells also of what may lapse does not wait for the morning."""
    kinds = [kind for kind in KINDS if kind in told]
    if is_day:
        return {"mail_kind": DAY, "mail_kinds": [DAY, *kinds] if len(kinds) > 1 else [DAY]}
    urgent = [kind for kind in kinds if KINDS[kind].is_urgent]
    return {"mail_kind": (urgent or kinds)[0], "mail_kinds": kinds}
