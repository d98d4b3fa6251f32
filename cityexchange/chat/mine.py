"""Rooms among what is a member's own."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cityexchange.chat.models import Occupancy, Room
from cityexchange.chat.panels import rooms_with_unread
from cityexchange.core.db import at_most, db
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart
from cityexchange.languages.reading import best_readings, reader_languages


def rooms_visited(member: OneReader) -> OwnPart:
    """Where the member has been, those first where something was said last."""
    found = db.session.execute(_visited(member), member.bind_values).all()
    names = best_readings(reader_languages(), [room for room, _unread in found], ("name",))
    return OwnPart(
        name="rooms",
        title=_("My rooms"),
        place="chat",
        lines=[_line(room, unread, names["Room", room.id, "name"]) for room, unread in found],
        all_address=url_for("chat.index_rooms"),
        all_words=_("All rooms"),
        nothing=_("You have been in no room yet."),
        way=url_for("chat.index_rooms"),
        way_words=_("See the rooms"),
    )


@prepared
def _visited(reader: Reader):
    visited = rooms_with_unread(reader).where(Occupancy.id.is_not(None)).order_by(None)
    return visited.order_by(Room.updated_at.desc(), Room.id.desc()).limit(at_most(FEW_OWN))


def _line(room, unread, name):
    said = ngettext("%(num)s unread message", "%(num)s unread messages", unread) if unread else ""
    return OwnLine(name.text, url_for("chat.show_room", id=room.id), (said,), name.language)
