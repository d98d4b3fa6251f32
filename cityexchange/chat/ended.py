"""What is said to who wrote while a room was closed."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.chat.models import Message
from cityexchange.core.registries import Ended, ended

WORDS = (
    _l("This room was closed meanwhile"),
    _l("It takes no new messages. You can still read it."),
)


def way(record):
    return url_for("chat.show_room", id=record.room_id if isinstance(record, Message) else record.id)


def init_app():
    ended.add("room_closed", Ended(*WORDS, way, _l("Back to the room")))
