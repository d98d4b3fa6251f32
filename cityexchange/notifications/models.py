"""What a member is told: a row for member and happening, made in the transaction of what happened."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import at_most, constant, db, insert, utcnow
from cityexchange.core.mail.models import name_of
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.members.standing import standing
from cityexchange.notifications.kinds import KINDS, MAILING, WEEKLY
from cityexchange.notifications.signals import notified

TOLD = (
    "occasion",
    "kind",
    "record_type",
    "record_id",
    "conversation",
    "position",
    "template",
    "facts",
    "created_at",
)
"""What `notify` says of all rows alike."""
UNREAD = text("read_at IS NULL")
UNMAILED = text("mailed_at IS NULL AND mailing != 'never'")


class Notification(db.Model):
    """It holds ids and keys; the words are found when it is read. Who does not see the record any more is told nothing of it.

    occasion      names the happening: the same one again is the same row
    conversation  "Topic:7": rows of one stand together, on the page and in a mail
    position      the number of the record within its conversation, where that is read from its beginning to its end
    template      of the mail whose subject are the words of the line; None where the kind itself has words
    is_here       whether it stands on the page of notifications and counts at the bell; else it is there for its mail alone
    mailing       how it comes by mail, as its member had chosen when it happened
    mailed_at     when it went out by mail, or did not need to any more
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint(f"mailing IN {MAILING}", name="mailing"),
        UniqueConstraint("member_id", "occasion"),
        Index(None, "member_id", "id"),
        Index(
            "ix_notifications_unread",
            "member_id",
            "conversation",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
        # Of every page: the number at the bell, from the index alone.
        Index(
            "ix_notifications_at_the_bell",
            "member_id",
            "is_here",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
        Index("ix_notifications_unmailed", "created_at", sqlite_where=UNMAILED, postgresql_where=UNMAILED),
        Index(None, "record_type", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(32))
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    conversation: Mapped[str | None] = mapped_column(String(120))
    position: Mapped[int | None]
    template: Mapped[str | None] = mapped_column(String(120))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    read_at: Mapped[datetime | None]
    is_here: Mapped[bool] = mapped_column(default=True)
    mailing: Mapped[str] = mapped_column(String(16))
    mailed_at: Mapped[datetime | None]


class NotificationChoice(db.Model):
    """What a member chose for one kind, or one letter; without a row its own (kinds.py) holds.

    stopped  how its mails came until a press in one of them stopped them: what taking that back brings again
    """

    __tablename__ = "notification_choices"
    __table_args__ = (CheckConstraint(f"mailing IN {(*MAILING, WEEKLY)}", name="mailing"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    is_here: Mapped[bool] = mapped_column(default=True)
    """Whether it stands on the page of notifications and counts at the bell."""
    mailing: Mapped[str] = mapped_column(String(16))
    stopped: Mapped[str | None] = mapped_column(String(16))


class QuietHours(db.Model):
    """When a member wants no mail: hours of their own clock. Without a row the columns' defaults hold."""

    __tablename__ = "quiet_hours"
    __table_args__ = (CheckConstraint("begins BETWEEN 0 AND 23 AND ends BETWEEN 0 AND 23", name="hours"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    begins: Mapped[int] = mapped_column(default=20)
    ends: Mapped[int] = mapped_column(default=7)
    """Equal to `begins`: none."""
    on_free_days: Mapped[bool] = mapped_column(default=False)
    """Whether the days are quiet, too, on which nobody works in the member's country."""


def occasion_of(kind: str, record: Any) -> str:
    """ "reply:Post:7": of a kind a record makes one happening, whoever is told of it, and however often."""
    return f"{kind}:{name_of(record)}"


def notify(
    occasion: str,
    members: Select[Any],
    kind: str,
    record: Any,
    conversation: Any = None,
    position: int | None = None,
    *,
    template: str | None = None,
    facts: dict[str, Any] | None = None,
    at: datetime | None = None,
    most: int | None = None,
    is_mailed: bool = True,
    has_mail: bool = False,
    **which: Any,
) -> list[int]:
    """Tells everybody whose id `members` names and who wants to hear of it, in one statement: ids of those to whom it is new. The same
    occasion again changes nothing.

    members  a query that its module keeps (`prepared`), for what is made of it is kept too; `which` are its parameters
    at       when it happened, as the record itself tells it (`moment_in`); now, unless it is said. Without `is_mailed` it is told here alone
    most     so many of those who were not told yet
    has_mail whether a mail of another feature tells it where its member wants it at once
    """
    told: dict[str, Any] = {"occasion": occasion, "kind": kind, "template": template, "facts": facts or {}}
    told |= _named(record, conversation) | {"position": position, "created_at": at or utcnow()}
    told["mailed"] = utcnow() if has_mail or not is_mailed else None
    values = {f"told_{name}": value for name, value in told.items()} | which
    return _tell(_telling(members, kind, most, is_mailed, has_mail), values)


def _tell(statement, values):
    if told_to := list(execute(statement, values).scalars()):
        notified.send(member_ids=told_to)
    return told_to


def _named(record, conversation):
    of_it = {"record_type": type(record).__name__, "record_id": record.id}
    return of_it | {"conversation": name_of(conversation)}


@prepared
def _telling(members, kind, most, is_mailed, has_mail):
    ids = members.subquery().c[0]
    told = {name: bindparam(f"told_{name}", type_=getattr(Notification, name).type) for name in TOLD}
    chosen = _as_chosen(ids, kind, has_mail)
    own = {"member_id": ids, **chosen}
    is_theirs = NotificationChoice.member_id == ids, NotificationChoice.kind == told["kind"]
    choices = ids.table, NotificationChoice, and_(*is_theirs)
    lines = select(*(own | told).values()).join_from(*choices, isouter=True)
    by_mail = [NotificationChoice.mailing != constant("never")] if is_mailed else []
    lines = lines.where(or_(chosen["is_here"], *by_mail))
    if most:
        before = Notification.member_id == ids, Notification.occasion == told["occasion"]
        lines = lines.where(~select(Notification.id).where(*before).exists()).limit(at_most(most))
    return (
        insert(Notification)
        .from_select([*own, *told], lines)
        .on_conflict_do_nothing(index_elements=["member_id", "occasion"])
        .returning(Notification.member_id)
    )


def _as_chosen(ids, kind, has_mail):
    mailing = func.coalesce(NotificationChoice.mailing, _usually(ids, kind))
    mailed_at: Any = bindparam("told_mailed", type_=Notification.mailed_at.type)
    if has_mail:
        # What another feature mails by itself goes by itself, where its member wants it at once.
        mailed_at = case((mailing == constant("at_once"), mailed_at))
    is_here = func.coalesce(NotificationChoice.is_here, true())
    return {"is_here": is_here, "mailing": mailing, "mailed_at": mailed_at}


def _usually(ids, kind):
    """Of most kinds it is the same whatever one is, and nobody is asked."""
    others = [(constant(one), constant(mailing)) for one, mailing in KINDS[kind].others.items()]
    usual = constant(KINDS[kind].mailing)
    return case(*others, value=standing(ids), else_=usual) if others else usual
