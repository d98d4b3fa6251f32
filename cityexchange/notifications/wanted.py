"""Whether a mail that is due is still wanted: what core asks of the kinds of mail, and what the links in mails do."""

from datetime import datetime
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from cityexchange.core.db import at_most, db, utcnow
from cityexchange.core.mail import MailKind, mail_kinds
from cityexchange.members.models import Member
from cityexchange.notifications.choices import choices_of, come, hours_of
from cityexchange.notifications.happenings import KIND_OF
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.mailed import look_up
from cityexchange.notifications.models import Notification

FORMER = {"replies": ("reply", "forums/reply"), "mentions": ("mention", "forums/mention")}
"""Kinds as mails that were sent name them in their links: the kind now, and the template of those that still wait to be sent."""
DAY = "day"
"""The kind of a day's mail: all that comes so."""


def why_not(kind: str, mail: Any) -> str | None:
    if "notifications" in mail.facts:
        return None if look_up(mail) else "nothing_left"
    if choices_of(mail.member)[kind].mailing == "never":
        return "switched_off"
    waiting = db.session.scalar(_mailing_of(mail))
    return "bundled" if waiting in ("bundled", "daily") else None


def not_before(kind: str, mail: Any) -> datetime | None:
    """The end of the quiet hours, where it can wait for that."""
    if kind in KINDS and KINDS[kind].is_urgent:
        return None
    hours, now = hours_of(mail.member), utcnow()
    return hours.end_of_quiet(now) if hours.are_quiet(now) else None


def _mailing_of(mail):
    """Of the newest row about what the mail tells: another mail takes that along."""
    about = {name: getattr(mail, name) for name in ("member_id", "template", "record_type", "record_id")}
    rows = select(Notification.mailing).filter_by(**about)
    return rows.order_by(Notification.id.desc()).limit(at_most(1))


def choose(kinds: tuple[str, ...], member_id: int, is_on: bool) -> None:
    if member := db.session.get(Member, member_id):
        come(kinds, member, is_on)


def choose_day(member_id: int, is_on: bool) -> None:
    """All that comes so; taken back, all that came so."""
    if member := db.session.get(Member, member_id):
        held = choices_of(member)
        came = "stopped" if is_on else "mailing"
        come([kind for kind, choice in held.items() if getattr(choice, came) == "daily"], member, is_on)


def comes(kinds: tuple[str, ...], member_id: int) -> bool:
    """Whether any of them comes by mail."""
    member = db.session.get(Member, member_id)
    held = choices_of(member) if member else {}
    return any(held[kind].mailing != "never" for kind in kinds if kind in held)


def comes_by_day(member_id: int) -> bool:
    member = db.session.get(Member, member_id)
    return bool(member) and any(choice.mailing == "daily" for choice in choices_of(member).values())


def init_app() -> None:
    for name, kind in KINDS.items():
        templates = (one for one, its_kind in KIND_OF.items() if its_kind == name)
        mail_kinds.add(name, mail_kind(name, kind.label, *templates))
    for former, (name, template) in FORMER.items():
        mail_kinds.add(former, mail_kind(name, KINDS[name].label, template))
    asked = partial(why_not, DAY), partial(not_before, DAY)
    mail_kinds.add(DAY, MailKind(_l("What comes once a day"), choose_day, *asked, comes=comes_by_day))


def mail_kind(name: str, label: Any, *templates: str) -> MailKind:
    asked = partial(why_not, name), partial(not_before, name)
    return MailKind(label, partial(choose, (name,)), *asked, templates, partial(comes, (name,)))
