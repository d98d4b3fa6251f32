"""An answer with one press, from the page and from the mail alike: said once, heard by who asked, taken back at will."""

from typing import Any

from sqlalchemy import String, bindparam

from cityexchange.core.db import db
from cityexchange.core.prepared import prepared
from cityexchange.digest.models import TOLD, DigestAnswer
from cityexchange.forums.models import Topic
from cityexchange.notifications.audience import these, told_in_topic
from cityexchange.notifications.gone import RECORD, forget_rows, gone
from cityexchange.notifications.models import Notification, notify


def give(answer: DigestAnswer) -> bool:
    """Whoever asked hears of it, if they see the question and want to hear, unless the member has said the same before."""
    before = DigestAnswer.on(answer.member_id, answer.topic_id)
    if before is not None and before.answer != answer.answer:
        take_back(before)
    if not answer.give():
        return False
    if answer.answer in TOLD:
        topic = db.session.get_one(Topic, answer.topic_id)
        facts = {"answer": answer.answer, "city_id": answer.city_id}
        told: dict[str, Any] = {"template": "digest/answer", "facts": facts}
        asker = told_in_topic(topic.author_id, topic, but=answer.member_id)
        notify(_occasion(answer), these(), "reply", topic, topic, ids=asker, **told)
    return True


def take_back(answer: DigestAnswer) -> None:
    """Nobody is told any more what is not so."""
    told = {"gone_type": "Topic", "gone_id": answer.topic_id, "told_occasion": _occasion(answer)}
    answer.take_back()
    forget_rows(_untelling(), **told)


def _occasion(answer):
    return f"digest_answer:{answer.id}"


@prepared
def _untelling():
    return gone(*RECORD, Notification.occasion == bindparam("told_occasion", type_=String))
