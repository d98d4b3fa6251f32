"""What pages and sockets both ask of a room: its history, one of its messages, how hastily one may post."""

from cityexchange.chat import facts
from cityexchange.chat.models import BATCH, Message
from cityexchange.core.web import find_by

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
    return find_by(Message, (Message.id == id) & (Message.room_id == room.id), known_as=id)
