"""An answer with one press, from the page and from the mail alike: said once, heard by who asked, taken back at will."""

from typing import Any

from sqlalchemy import bindparam, delete, select

from cityexchange.core.db import db
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.digest.models import TOLD, DigestAnswer
from cityexchange.forums.models import Topic
from cityexchange.members.models import Member
from cityexchange.notifications.models import Notification, notify


def give(answer: DigestAnswer) -> bool:
    """Whoever asked hears of it, unless the member has said the same before."""
    before = DigestAnswer.on(answer.member_id, answer.topic_id)
    if before is not None and before.answer != answer.answer:
        take_back(before)
    if not answer.give():
        return False
    if answer.answer in TOLD:
        facts = {"answer": answer.answer}
        topic = db.session.get_one(Topic, answer.topic_id)
        told: dict[str, Any] = {"template": "digest/answer", "facts": facts, "topic_id": topic.id}
        notify(_occasion(answer), _asker(), "reply", topic, topic, **told)
    return True


def take_back(answer: DigestAnswer) -> None:
    """Nobody is told any more what is not so."""
    occasion = _occasion(answer)
    answer.take_back()
    execute(_untelling(), {"told_occasion": occasion})


def _occasion(answer):
    return f"digest_answer:{answer.id}"


@prepared
def _asker():
    asker = select(Topic.author_id).join(Member, Member.id == Topic.author_id)
    return asker.where(Topic.id == bindparam("topic_id"), Member.state == "active")


@prepared
def _untelling():
    return delete(Notification).where(Notification.occasion == bindparam("told_occasion"))
