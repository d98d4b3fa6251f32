"""The sentences of mails of notifications."""

from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from cityexchange.core.mail.letters import one_line, words_of
from cityexchange.languages.reading import reading
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.mailed import told

SAID = {"mention", "reply", "message"}
"""Kinds of which each is something that was said."""


def says(line: Any) -> str:
    """Who did what, before the words themselves."""
    if line.kind == "translation":
        return _("A text of yours was translated.")
    if line.kind == "answer":
        return _("This is marked as the answer:")
    if line.kind == "topic":
        return _("This topic is new.")
    if line.kind == "mention":
        return _mentioned(line)
    return _replied(line) if line.kind == "reply" else _wrote(line)


def _mentioned(line):
    if not line.name:
        return _("A member mentioned you:")
    if not line.city:
        return _("%(name)s mentioned you:", name=line.name)
    return _("%(name)s from %(city)s mentioned you:", name=line.name, city=one_line(line.city))


def _replied(line):
    if not line.name:
        return _("A member replied:")
    if not line.city:
        return _("%(name)s replied:", name=line.name)
    return _("%(name)s from %(city)s replied:", name=line.name, city=one_line(line.city))


def _wrote(line):
    if not line.name:
        return _("A member wrote:")
    if not line.city:
        return _("%(name)s wrote:", name=line.name)
    return _("%(name)s from %(city)s wrote:", name=line.name, city=one_line(line.city))


def title_of(conversation: Any, member: Any) -> Any:
    """The title of its topic or the name of its room, as this member reads it; None where it has none, or it may not be mailed."""
    if conversation.is_closed:
        return None
    if conversation.topic:
        return reading(conversation.topic, "title", member)
    return reading(conversation.room, "name", member) if conversation.room else None


def closed(conversation: Any) -> str:
    """What is told of a closed space: that there is something, and nothing of what or who."""
    if conversation.is_calling and conversation.topic:
        return _(
            "Somebody mentioned you in a topic. The space is closed, so this mail shows neither who wrote nor what."
        )
    if conversation.topic and "reply" in conversation.kinds:
        return _(
            "There is a new reply in a topic you follow. The space is closed, so this mail shows neither who wrote nor what."
        )
    return _(
        "There is something new for you. The space is closed, so this mail shows neither who wrote nor what."
    )


def subject(mail: Any) -> str:
    """Of the mail of one conversation."""
    [conversation] = told(mail)
    if conversation.is_closed:
        return _closed_subject(conversation)
    first = partial(words, mail, "subject.txt", conversation.lines[0])
    shown = title_of(conversation, mail.member)
    return _open_subject(conversation, one_line(shown.text), first) if shown else first()


def _open_subject(conversation, title, words_of_first):
    kind, count = conversation.lines[0].kind, conversation.count
    if conversation.is_calling:
        return _("You were mentioned: %(title)s", title=title)
    if count > 1 and conversation.kinds <= SAID:
        return ngettext("%(num)s new post: %(title)s", "%(num)s new posts: %(title)s", count, title=title)
    if conversation.lines[0].template:
        return words_of_first()
    if kind == "reply":
        return _("New reply: %(title)s", title=title)
    return _("%(kind)s: %(title)s", kind=KINDS[kind].label, title=title)


def words(mail: Any, part: str, line: Any) -> str:
    """What another feature's own mail says of it, in one of its parts."""
    if line.template is None:
        return str(KINDS[line.kind].label) if part == "subject.txt" else says(line)
    said = words_of(mail, line.template, part, line.record, line.facts)
    return Markup(said) if part == "html" else said  # noqa: S704  # its template has escaped what people wrote


def _closed_subject(conversation):
    if conversation.is_calling:
        return _("You were mentioned in a closed space")
    is_reply = conversation.topic and "reply" in conversation.kinds
    return _("New reply in a closed space") if is_reply else _("Something new in a closed space")
