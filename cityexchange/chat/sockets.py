"""Chat's live side (docs/contract.md, Live). What a form does too is counted in writing.py, for both."""

from flask import abort

from cityexchange.chat import payloads, presence, writing
from cityexchange.chat.forms import EditForm, MessageForm, filled
from cityexchange.chat.limits import TYPING
from cityexchange.chat.models import Message, Room
from cityexchange.chat.reading import WITH_ROOM, history
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


@handler("message:post", is_counted=False)
def post_message(room_id: int, text: str, nonce: str, reply_to: int | None = None):
    form = filled(MessageForm, text=text, nonce=nonce, reply_to=reply_to)
    message = writing.post(find(Room, room_id), form) or abort(422)
    return {"id": message.id, "number": message.number}


@handler("message:edit", is_counted=False)
def edit_message(id: int, text: str, language: str | None = None):
    form = filled(EditForm, text=text, language=language)
    if not writing.edit(find(Message, id, WITH_ROOM), form):
        abort(422)


@handler("message:delete", is_counted=False)
def remove_message(id: int):
    writing.remove(find(Message, id, WITH_ROOM))


@handler("message:react", is_counted=False)
def react_to_message(id: int, emoji: str):
    writing.react(find(Message, id, WITH_ROOM), emoji)


@handler("room:typing", limit=TYPING, writing=False)
def type_in_room(room_id: int):
    room = find(Room, room_id)
    authorize("post", room)
    tell(room, "room:typing", room_id=room.id, member=payloads.person(me(), room))


@handler("room:read", is_counted=False)
def read_room(room_id: int, number: int, since: int | None = None):
    writing.read(find(Room, room_id), number, since)
