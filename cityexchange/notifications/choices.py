"""What members chose: for each kind whether it is told here and how by mail, and when they want no mail."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select, update

from cityexchange.core.db import db, insert, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.statements import execute
from cityexchange.members.standing import standing_of
from cityexchange.notifications.hours import Hours
from cityexchange.notifications.kinds import KINDS, LETTERS, MAILING, WEEKLY, usual
from cityexchange.notifications.models import UNMAILED, Notification, NotificationChoice, QuietHours
from cityexchange.notifications.signals import hours_moved

BY_MAIL = tuple(mailing for mailing in MAILING if mailing != "never")


def choices_of(member: Any) -> dict[str, NotificationChoice]:
    """What holds for each kind, chosen or not; what was not chosen is in no session."""
    chosen = select(NotificationChoice).filter_by(member_id=member.id)
    made = {
        choice.kind: choice for choice in db.session.scalars(chosen.execution_options(populate_existing=True))
    }
    return {name: made.get(name) or _unchosen(member, name) for name in (*KINDS, *LETTERS)}


def _unchosen(member, name):
    mailing = WEEKLY if name in LETTERS else usual(name, standing_of(member))
    return NotificationChoice(member_id=member.id, kind=name, is_here=True, mailing=mailing)


def choose(member_id: int, kind: str, is_here: bool, mailing: str) -> None:
    _let_wait_as(member_id, kind, mailing)
    _keep(NotificationChoice, member_id=member_id, kind=kind, is_here=is_here, mailing=mailing, stopped=None)


def change(member: Any, wanted: Mapping[str, tuple[bool, str]]) -> None:
    """{kind: (whether it is told here, how by mail)} as the table says it. Chosen is what differs from what holds: the rest goes on to
    follow what is usual for them, also once they are something else here."""
    for kind, held in choices_of(member).items():
        if kind in wanted and wanted[kind] != (held.is_here, held.mailing):
            _choose_unless_usual(member, kind, *wanted[kind])


def _choose_unless_usual(member, kind, is_here, mailing):
    if is_here and mailing == _unchosen(member, kind).mailing:
        _let_wait_as(member.id, kind, mailing)
        made = delete(NotificationChoice).where(
            NotificationChoice.member_id == member.id, NotificationChoice.kind == kind
        )
        execute(made, {})
    else:
        choose(member.id, kind, is_here, mailing)


def _let_wait_as(member_id, kind, mailing):
    """What waits for its mail comes as it is wanted now. Of what is not wanted at all the mail itself asks when it is due (mailed.py)."""
    if mailing not in BY_MAIL:
        return
    own = Notification.member_id == member_id, Notification.kind == kind
    goes_alone = mailing == "at_once"
    of_feature = own + (_has_mail_waiting(), UNMAILED if goes_alone else Notification.mailing == "at_once")
    # What another feature mails by itself goes by itself or with the others, and not both ways: wanted.py drops that mail.
    moved = {"mailing": mailing, "mailed_at": utcnow() if goes_alone else None}
    execute(update(Notification).where(*of_feature, Notification.read_at.is_(None)).values(moved), {})
    execute(update(Notification).where(*own, UNMAILED).values(mailing=mailing), {})


def _has_mail_waiting():
    waiting = select(OutgoingMail.id).where(
        OutgoingMail.state == "queued",
        *(
            getattr(OutgoingMail, name) == getattr(Notification, name)
            for name in ("member_id", "template", "record_type", "record_id")
        ),
    )
    return waiting.exists()


def choose_hours(member_id: int, begins: int, ends: int, on_free_days: bool) -> None:
    _keep(QuietHours, member_id=member_id, begins=begins, ends=ends, on_free_days=on_free_days)
    hours_moved.send(member_ids=[member_id])


def _keep(model, **values):
    """Two tabs at once leave one row, the later one's."""
    keys = [column.name for column in model.__table__.primary_key]
    new = insert(model).values(values)
    rest = {name: new.excluded[name] for name in values if name not in keys}
    execute(new.on_conflict_do_update(index_elements=keys, set_=rest), {})


def hours_of(member: Any) -> Hours:
    """When this member works and sleeps."""
    country = member.city.country if member.city else None
    chosen = db.session.get(QuietHours, member.id, populate_existing=True)
    quiet = (chosen.begins, chosen.ends, chosen.on_free_days) if chosen else ()
    return Hours(member.timezone, country, *quiet)


def come(kinds: Iterable[str], member: Any, is_on: bool) -> None:
    """What the link in a mail does: mails of these kinds stop, or come again as they did before."""
    held = choices_of(member)
    for choice in (held[kind] for kind in kinds):
        if not is_on:
            _stop(choice)
        elif choice.mailing == "never":
            # Whoever said "never" by a link long ago is not known to have had it otherwise.
            again = choice.stopped or _unchosen(member, choice.kind).mailing
            _choose_unless_usual(member, choice.kind, choice.is_here, again)


def _stop(choice):
    before = choice.stopped if choice.mailing == "never" else choice.mailing
    values = {"is_here": choice.is_here, "mailing": "never", "stopped": before}
    _keep(NotificationChoice, member_id=choice.member_id, kind=choice.kind, **values)
