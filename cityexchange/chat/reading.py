"""What pages and sockets both ask of a room: its history, one of its messages, how hastily one may post."""

from flask import abort
from sqlalchemy.orm import joinedload

from cityexchange.chat import facts
from cityexchange.chat.models import BATCH, Message
from cityexchange.core.web import find

WITH_ROOM = joinedload(Message.room)
HASTE = (60, 10)
"""Messages a member may post, in so many seconds."""


def history(room, after):
    """The next messages after a number, and whether there are more. `oldest` where the beginning has been cut."""
    messages = room.messages_after(after, BATCH + 1)
    answer = {
        "newest": room.newest,
        "messages": [facts.in_history(message) for message in messages[:BATCH]],
        "more": len(messages) > BATCH,
    }
    return answer | ({"oldest": room.oldest} if room.oldest > 1 else {})


def message_in(room, id):
    message = find(Message, id)
    return message if message.room_id == room.id else abort(404)
