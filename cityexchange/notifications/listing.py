"""A member's own page: the newest first, by day, what belongs together in one line, in a number of statements that does not grow."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import get_timezone
from flask_babel import gettext as _
from jinja2 import UndefinedError
from sqlalchemy import select

from cityexchange.core.db import at_most, db, utcnow
from cityexchange.core.i18n import local_date
from cityexchange.core.listing import Stretch, stretch_of
from cityexchange.core.mail.letters import subject_of
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import OneReader
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.models import Notification
from cityexchange.notifications.told import told_of
from cityexchange.notifications.told.shapes import Told

log = logging.getLogger(__name__)
LINES = 50
"""Notifications on a page of the list."""
NEWEST = 500
"""Of so many it is said which kinds there are."""
SAID_IN = {"Topic", "Post", "Message"}
"""Types of what is told by its conversation and its kind."""
DONE_BY_WRITER = {"mention", "reply", "topic", "message"}
"""Kinds of which who wrote the record did what is told. Whose answer is marked, or text translated, did not do it; who did is said nowhere."""


@dataclass(frozen=True)
class Group:
    """What happened in one conversation on one day, of one kind: [(notification, what is told of it)], the newest first."""

    lines: list[tuple[Notification, Told]]
    words: str | None
    """Of a mail's subject; None where the kind and the title say it."""

    @property
    def newest(self) -> Notification:
        return self.lines[0][0]

    @property
    def earliest(self) -> Notification:
        return self.lines[-1][0]

    @property
    def is_unread(self) -> bool:
        return any(one.read_at is None for one, _told in self.lines)

    @property
    def first(self) -> tuple[Notification, Told]:
        """Where to go on: the first that is unread, or the newest."""
        unread = [line for line in self.lines if line[0].read_at is None]
        return unread[-1] if unread else self.lines[0]

    @property
    def writers(self) -> list[str]:
        """Who wrote, each once, the last first; "" is somebody who has left."""
        return list(dict.fromkeys(told.writer for told in self._written if told.writer is not None))

    @property
    def cities(self) -> list[str]:
        """For who reads no names, as on the page itself."""
        return list(dict.fromkeys(told.city for told in self._written if told.city and told.writer is None))

    @property
    def _written(self) -> list[Told]:
        return [told for one, told in self.lines if one.kind in DONE_BY_WRITER]


def page_of(member: OneReader, which: str | None) -> tuple[list[tuple[str, list[Group]]], Stretch]:
    """[(the day in words, its groups)] of all, of what is unread ("unread"), or of one kind."""
    stretch = stretch_of(_mine(member, which), (Notification.id.desc(),), LINES)
    return by_day([one for (one,) in stretch.rows], member), stretch


def _mine(member: OneReader, which: str | None):
    mine = visible_to(member, Notification)
    if which == "unread":
        return mine.where(Notification.read_at.is_(None))
    return mine.where(Notification.kind == which) if which else mine


def by_day(notifications: list[Notification], member: OneReader) -> list[tuple[str, list[Group]]]:
    """Of what the member does not see any more nothing is told."""
    told = told_of(member, ((one.record_type, one.record_id) for one in notifications))
    lines = [(one, told[key]) for one in notifications if (key := (one.record_type, one.record_id)) in told]
    zone = ZoneInfo(str(get_timezone()))
    days = groupby(lines, key=lambda line: line[0].created_at.astimezone(zone).date())
    return [(_in_words(day, zone), grouped(its_lines, member)) for day, its_lines in days]


def _in_words(day: date, zone: ZoneInfo) -> str:
    today = utcnow().astimezone(zone).date()
    near = {today: _("Today"), today - timedelta(days=1): _("Yesterday")}
    return near.get(day) or local_date(day, format="full")


def grouped(lines: Iterable[tuple[Notification, Told]], member: OneReader) -> list[Group]:
    groups: dict[object, list[tuple[Notification, Told]]] = {}
    for line in lines:
        groups.setdefault(_what_joins(*line), []).append(line)
    return [Group(its_lines, _words(*its_lines[0], member)) for its_lines in groups.values()]


def _what_joins(one, told):
    """Replies of one topic stand together; a new topic, and what has words of its own, for itself."""
    has_words = one.template is not None or told.record_type not in SAID_IN
    is_alone = one.conversation is None or one.kind == "topic" or has_words
    return one.id if is_alone else (one.conversation, one.kind)


def _words(one, told, member: OneReader):
    if one.template and told.record is not None:
        try:
            return subject_of(one.template, member, told.record, one.facts)
        except UndefinedError:
            # A template of today, with the facts of another day: the line is told all the same.
            log.exception("notification %s has no words: %s", one.id, one.template)
    return None if told.title else str(KINDS[one.kind].label)


def kinds_of(member: OneReader) -> set[str]:
    """Which kinds are among the member's newest: of somebody who is told much not all is read for a line of words."""
    newest = visible_to(member, Notification).with_only_columns(Notification.kind)
    some = newest.order_by(Notification.id.desc()).limit(at_most(NEWEST)).subquery()
    return set(db.session.scalars(select(some.c.kind).distinct()))
