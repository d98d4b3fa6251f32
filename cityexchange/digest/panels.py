"""What a question's page says of the cities that answered it with one press, to those who read names there; kept by the topic's version."""

from typing import Any

from sqlalchemy import bindparam, select

from cityexchange.cities.models import City
from cityexchange.core.db import among, at_most, db, rows
from cityexchange.core.pages import of_version
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader
from cityexchange.digest.models import TOLD, DigestAnswer
from cityexchange.forums.models import ASKING, Topic
from cityexchange.forums.policy import TopicPolicy
from cityexchange.members.models import Member

MOST = 60


def said_to_topic(reader: OneReader, topic: Any) -> tuple[str, dict[str, Any]] | None:
    if not reader.is_authenticated or topic.kind not in ASKING or topic.forum.space.hides_names:
        return None
    if not TopicPolicy(reader, topic).name_people():
        return None
    key = "said", topic.id, topic.version
    said = of_version(key, "digest/_said.html", lambda: said_by(topic.id))
    return ("digest/_panel_topic.html", {"said": said}) if said.strip() else None


def city_told(member: OneReader, topic_id: int, city_id: int | None, locale: str) -> str | None:
    """Which city answered, for the notification of it; None where names are hidden or chosen by now."""
    city = db.session.get(City, city_id) if city_id else None
    if city is None:
        return None
    topic = db.session.get_one(Topic, topic_id)
    space = topic.forum.space
    if space.hides_names or space.allows_chosen_names or not TopicPolicy(member, topic).name_people():
        return None
    return city.name_in(locale)


def said_by(topic_id: int) -> dict[str, Any]:
    """`same`: a row for each city; `help`: a row for each member."""
    found = rows(_said(), {"topic_id": topic_id}).all()
    same = {row.city_slug: row for row in found if row.answer == "same" and row.city_slug}
    return {"same": [*same.values()], "help": [row for row in found if row.answer == "help"]}


@prepared
def _said() -> Any:
    names = Member.id.label("member_id"), Member.name.label("member_name")
    places = City.called.label("city_name"), City.slug.label("city_slug")
    said = select(DigestAnswer.answer, *names, *places).join(Member, Member.id == DigestAnswer.member_id)
    said = said.outerjoin(City, City.id == DigestAnswer.city_id)
    to_topic = DigestAnswer.topic_id == bindparam("topic_id"), among(DigestAnswer.answer, TOLD)
    said = said.where(*to_topic, Member.state == "active")
    return said.order_by(DigestAnswer.id).limit(at_most(MOST))
