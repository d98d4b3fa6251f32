"""Kinds of mail that members choose about. What is of no registered kind (a code, a warning) is always sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cityexchange.core.registries import Registry

mail_kinds = Registry("kinds of mail that members choose about: a MailKind")


@dataclass(frozen=True)
class MailKind:
    """`mail_kinds.add("digest", MailKind(_l("Your hour a week"), choose, why_not, ("digest/week",)))`"""

    label: Any
    choose: Callable[[int, bool], None]
    """Of a member's id, whether these mails come: what the link in a mail does, and takes back."""
    why_not: Callable[[Any], str | None]
    """Of a mail to a member that is due: why it is not sent, in a word, or None."""
    not_before: Callable[[Any], datetime | None] = lambda mail: None
    """Of such a mail: until when it waits, or None where it goes now."""
    templates: tuple[str, ...] = ()
    """Of mails that do not say themselves, by the fact `mail_kind`, of which kind they are."""
    comes: Callable[[int], bool] = lambda member_id: True
    """Whether such mails come to a member: what is offered where a mail is of several kinds, to stop or to bring back."""


def kinds_of(mail: Any) -> list[str]:
    """Names of all kinds that a mail tells of, where it says so (`mail_kinds`); else of its own."""
    said = [name for name in mail.facts.get("mail_kinds", ()) if name in mail_kinds]
    own = kind_of(mail)
    return said or ([own] if own else [])


def kind_of(mail: Any) -> str | None:
    """The name of the kind that a mail is of, or None where nobody chooses about it."""
    said = mail.facts.get("mail_kind")
    if said in mail_kinds:
        return str(said)
    return next((name for name in mail_kinds.names() if mail.template in mail_kinds[name].templates), None)


def refused(mail: Any) -> str | None:
    """Why its recipient does not want it, or does not want it so; None where it may go."""
    kind = _chosen_kind(mail)
    return kind.why_not(mail) if kind else None


class NotYet(Exception):
    """Its recipient sleeps until then."""

    def __init__(self, until: datetime):
        super().__init__()
        self.until = until


def insist_on_now(mail: Any) -> None:
    """NotYet where its recipient wants it later."""
    kind = _chosen_kind(mail)
    if kind and (until := kind.not_before(mail)):
        raise NotYet(until)


def _chosen_kind(mail):
    name = kind_of(mail)
    return mail_kinds[name] if name and mail.member_id else None
