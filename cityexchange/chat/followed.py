"""Rooms among what a member follows."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.chat.models import Room
from cityexchange.follows.kinds import Followable, followables
from cityexchange.follows.labels import NORMAL
from cityexchange.follows.naming import named_lines

OF_MESSAGES = {
    "muted": _l("Nothing, not even when somebody names me in it."),
    "normal": NORMAL,
    "following": _l("That something was said, once until I have read it."),
    "everything": _l("Every message."),
}


def init_app():
    lines = named_lines(Room, lambda row: url_for("chat.show_room", id=row.id))
    followables.add("Room", Followable(Room, _l("Room"), _l("Rooms"), "chat", OF_MESSAGES, lines), order=50)
