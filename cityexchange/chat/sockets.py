"""Chat's live side (docs/contract.md, Live)."""

from flask import abort

from cityexchange.chat import facts, presence
from cityexchange.chat.limits import MESSAGES, TYPING
from cityexchange.chat.models import EMOJI, LONGEST_NONCE, LONGEST_TEXT, Message, Room
from cityexchange.chat.reading import WITH_ROOM, history, message_in
from cityexchange.core.sockets import follow, handler, my_line, tell, unfollow
from cityexchange.core.web import authorize, find, me


@handler("room:enter", writing=False)
def enter_room(room_id: int, after: int = 0):
    room = find(Room, room_id)
    follow(room)  # before reading: what is said in between arrives twice rather than never
    presence.arrive(room, me())
    return history(room, after)


@handler("room:leave", writing=False)
def leave_room(room_id: int):
    room = find(Room, room_id)
    unfollow(room)
    presence.leave(room.id, my_line())


@handler("message:post", limit=MESSAGES)
def post_message(room_id: int, text: str, nonce: str, reply_to: int | None = None):
    room = find(Room, room_id)
    authorize("post", room)
    insist_on_words(text)
    if not 0 < len(nonce) <= LONGEST_NONCE:
        abort(422)
    message = room.post(me(), text, nonce, reply_to and message_in(room, reply_to))
    return {"id": message.id, "number": message.number}


def insist_on_words(text):
    """Not nothing, not a book."""
    if not text.strip() or len(text) > LONGEST_TEXT:
        abort(422)


@handler("message:edit")
def edit_message(id: int, text: str):
    message = find(Message, id, WITH_ROOM)
    authorize("edit", message)
    insist_on_words(text)
    message.edit(text)


@handler("message:delete")
def remove_message(id: int):
    message = find(Message, id, WITH_ROOM)
    authorize("remove", message)
    message.remove()


@handler("message:react")
def react_to_message(id: int, emoji: str):
    message = find(Message, id, WITH_ROOM)
    authorize("react", message)
    if emoji not in EMOJI:
        abort(422)
    message.react(me(), emoji)


@handler("room:typing", limit=TYPING, writing=False)
def type_in_room(room_id: int):
    room = find(Room, room_id)
    authorize("post", room)
    tell(room, "room:typing", room_id=room.id, member=facts.person(me(), room))


@handler("room:read")
def read_room(room_id: int, number: int):
    room = find(Room, room_id)
    room.occupancy_of(me()).read(min(number, room.newest))
