"""A mail is a row first, in the transaction of what it tells about; the worker does the rest."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import Timestamped, db, insert, utcnow
from cityexchange.core.jobs import wake
from cityexchange.core.policy import policies
from cityexchange.core.prepared import prepared
from cityexchange.core.signals import Signal
from cityexchange.core.statements import execute

mail_queued = Signal("mail", "member", "record")
"""A mail that was not there before. `member` is None where it goes to an address, `record` where it is about none."""
STATES = ("queued", "sending", "sent", "kept", "dropped", "failed")
NOT_YET = "not_yet"
"""Why a mail is queued again whose member sleeps."""


class OutgoingMail(Timestamped, db.Model):
    """One mail to one person. It holds ids and keys; the words are found when it is sent."""

    __tablename__ = "outgoing_mails"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("member_id IS NOT NULL OR address IS NOT NULL", name="recipient"),
        Index(None, "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    address: Mapped[str | None] = mapped_column(String(254))
    locale: Mapped[str | None] = mapped_column(String(8))
    template: Mapped[str] = mapped_column(String(120))
    record_type: Mapped[str | None] = mapped_column(String(64))
    record_id: Mapped[int | None]
    conversation: Mapped[str | None] = mapped_column(String(120))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    reason: Mapped[str | None] = mapped_column(String(120))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=utcnow)
    claimed_by: Mapped[str | None] = mapped_column(String(200))
    lease_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    member: Mapped[Any] = relationship("Member")

    @property
    def record(self) -> Any | None:
        """The record the mail is about, or None when it is gone."""
        model = next((m for m in policies() if m.__name__ == self.record_type), None)
        return db.session.get(model, self.record_id) if model else None


def name_of(record: Any) -> str | None:
    """ "Topic:7", or the text itself where a conversation has no record."""
    return record if record is None or isinstance(record, str) else f"{type(record).__name__}:{record.id}"


def queue_mail(
    key: str,
    member: Any,
    template: str,
    record: Any = None,
    conversation: Any = None,
    *,
    address: str | None = None,
    locale: str | None = None,
    **facts: Any,
) -> OutgoingMail:
    """Queues one mail in this unit of work. The same key again is the same mail, even from another process.

    key           at most 200 characters, names the occasion and the person: "reply:812:44"
    member        the recipient; None with `address` and `locale` for people without an active account
    record        what the mail tells about: dropped unless the member still sees it when it is sent
    conversation  a record or a text; mails of one conversation are shown as one thread
    facts         ids, keys, numbers for the template, JSON; never a sentence
    """
    _insist_on_somebody(member, address, record)
    db.session.flush()  # gives the record its number
    to = {"member_id": member and member.id, "address": address, "locale": locale}
    told = {"key": key, "facts": facts} | to | _told(template, record, conversation)
    is_new = execute(_unless_queued(), told).scalar()
    mail = db.session.scalars(db.select(OutgoingMail).filter_by(key=key)).one()
    if is_new:
        wake("mail")
        mail_queued.send(mail=mail, member=member, record=record)
    return mail


def _insist_on_somebody(member, address, record):
    if (member is None) == (address is None):
        raise ValueError("a mail goes either to a member or to an address")
    if record is not None and (member is None or type(record) not in policies()):
        raise ValueError("a record needs a policy, and a member to ask it for")


def _told(template, record, conversation):
    return {
        "template": template,
        "record_type": None if record is None else type(record).__name__,
        "record_id": None if record is None else record.id,
        "conversation": name_of(conversation),
    }


@prepared
def _unless_queued():
    return insert(OutgoingMail).on_conflict_do_nothing(index_elements=["key"]).returning(OutgoingMail.id)


def judge_again(member_ids: Iterable[int]) -> None:
    """What waits for the moment at which these members want it is looked at anew: the moment may be another now."""
    waiting = OutgoingMail.state == "queued", OutgoingMail.reason == NOT_YET
    theirs = update(OutgoingMail).where(*waiting, OutgoingMail.member_id.in_(list(member_ids)))
    if execute(theirs.values(due_at=utcnow()), {}).rowcount:
        wake("mail")
