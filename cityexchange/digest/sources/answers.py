"""What was said to what I asked, and what calls me, as far as I have not read it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, literal

from cityexchange.chat.models import Message, Room
from cityexchange.core.db import among, at_most, constant, rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.digest.items import Hour, Item
from cityexchange.digest.topics import items_of, moment, newest_topics, untold
from cityexchange.forums.models import Forum, Post, Topic
from cityexchange.forums.standing import has_unread
from cityexchange.languages.reading import UiNameRow, best_readings
from cityexchange.notifications.models import Notification
from cityexchange.spaces.models import CLOSED, Space

MOST = 7


def find(hour: Hour) -> list[Item]:
    replied = newest_topics(hour, own, with_replies)[:MOST]
    replies = items_of(replied, hour, _why_of_replies, _("Read the answers"))
    return [*replies, *_calls_in_posts(hour, {row.id for row in replied}), *_calls_in_rooms(hour)]


def own(reader: Reader):
    yield Topic.author_id == reader.id
    yield Topic.last_posted_at > moment("half_a_year_ago")


def with_replies(reader: Reader, topic):
    yield has_unread(topic)
    yield untold(reader, "Topic", topic, topic.last_posted_at)


def _why_of_replies(row):
    return ngettext(
        "%(num)s new reply to what you asked or told.",
        "%(num)s new replies to what you asked or told.",
        row.unread,
    )


def _calls_in_posts(hour, told):
    """But in topics that stand there already with their replies."""
    found = rows(_posts(hour.reader), hour.bind_values).all()
    titles = best_readings(hour.languages, found, ("title",))
    words = _("Somebody named you here, and you have not read it yet.")
    for row in _one_each(row for row in found if row.id not in told):
        title = titles["Topic", row.id, "title"]
        yield _call("Post", row, title, words, "forums.show_post", row.record_id, "forum")


def _calls_in_rooms(hour):
    found = rows(_messages(hour.reader), hour.bind_values).all()
    names = {row.id: UiNameRow("Room", row.id, row.title, row.language) for row in found}
    readings = best_readings(hour.languages, names.values(), ("name",))
    words = _("Somebody named you in this room, and you have not read it yet.")
    for row in _one_each(found):
        name = readings["Room", row.id, "name"]
        yield _call("Message", row, name, words, "chat.show_message", row.record_id, "chat")


def _one_each(found):
    """The newest call of each conversation; the others are read beside it."""
    return {row.id: row for row in reversed(list(found))}.values()


def _call(kind, row, title, why, endpoint, id, place):
    return Item(
        record_type=kind,
        record_id=row.record_id,
        eyebrow=_("For you"),
        title=title,
        why=why,
        endpoint=endpoint,
        values={"id": id},
        way=_("Read it"),
        place=place,
        is_open=row.confidentiality not in CLOSED,
    )


@prepared
def _posts(reader: Reader) -> Select[Any]:
    called = (
        _called(reader, Post).join(Topic, Topic.id == Post.topic_id).join(Forum, Forum.id == Topic.forum_id)
    )
    return _newest(called, Post, Topic, Topic.title, Forum.space_id)


@prepared
def _messages(reader: Reader) -> Select[Any]:
    called = _called(reader, Message).join(Room, Room.id == Message.room_id)
    return _newest(called.where(Message.removed_at.is_(None)), Message, Room, Room.name, Room.space_id)


def _called(reader: Reader, model):
    """The member's calls that are still unread, joined to what they see of `model`."""
    kind = Notification.record_type == constant(model.__name__), among(Notification.kind, ("mention",))
    mine = Notification.member_id == reader.id, Notification.read_at.is_(None), *kind
    called = visible_to(reader, model).join(Notification, Notification.record_id == model.id)
    return called.where(*mine, untold(reader, model.__name__, model, Notification.created_at))


def _newest(called, model, whole, title, space_id):
    columns = literal(whole.__name__).label("record_type"), model.id.label("record_id"), whole.id
    called = called.join(Space, Space.id == space_id)
    called = called.with_only_columns(*columns, title.label("title"), whole.language, Space.confidentiality)
    return called.order_by(Notification.id.desc()).limit(at_most(MOST))
