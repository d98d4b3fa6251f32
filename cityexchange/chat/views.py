from flask import Blueprint, abort, jsonify, render_template, request

from cityexchange.chat import writing
from cityexchange.chat.forms import EditForm, MessageForm, RoomForm
from cityexchange.chat.models import EMOJI, Message, Room
from cityexchange.chat.panels import BY_SPACE, by_space, rooms_with_unread
from cityexchange.chat.reading import (
    BLANK,
    PAGE,
    ROOM,
    WITH_ROOM,
    history,
    message_in,
    page_around,
    shown_after,
    shown_before,
)
from cityexchange.core.listing import stretch_of
from cityexchange.core.once import once
from cityexchange.core.requests import whole_number
from cityexchange.core.web import authorize, find, find_projected, me, see_other, wants_json
from cityexchange.languages.choices import UNDETERMINED
from cityexchange.languages.reading import reader_languages
from cityexchange.spaces.models import Space

bp = Blueprint("chat", __name__, url_prefix="/chat")
LINES = 60
"""Rooms on a page of the list."""


@bp.get("")
def index_rooms():
    stretch = stretch_of(rooms_with_unread(me()), BY_SPACE, LINES)
    return render_template("chat/rooms/index.html", spaces=by_space(stretch.rows), stretch=stretch)


@bp.get("/rooms/<int:id>")
def show_room(id):
    room = find_projected(ROOM, id)
    reply_to = whole_number("reply_to")
    form = MessageForm(formdata=None, reply_to=reply_to and message_in(room, reply_to).id)
    return show(room, form)


def show(room, form, status=200):
    """The page of a room: the last messages, or those before a number."""
    before = whole_number("before") or room.newest + 1
    messages = shown_before(room, me(), before, PAGE)
    if before <= room.newest and not messages:
        abort(
            404
        )  # before the first one nothing was said: an empty page that hears of nothing would look like a room
    is_reply = form.reply_to.data and not form.reply_to.errors
    answered = message_in(room, form.reply_to.data) if is_reply else None
    return render_template(
        "chat/rooms/show.html",
        room=room,
        form=form,
        messages=messages,
        answered=answered,
        is_latest=before > room.newest,
        has_earlier=bool(messages) and messages[0].number > room.oldest,
        emoji=EMOJI,
        blank=BLANK,
        reads=reads(),
        refreshes=request.args.get("refresh") == "on",
    ), status


def reads():
    """What a kept message is told of its reader; nobody asks for what is too short to tell its language."""
    return (*reader_languages(), UNDETERMINED)


@bp.get("/rooms/<int:id>/messages")
def index_messages(id):
    room = find(Room, id)
    after = whole_number("after")
    if wants_json():
        return jsonify(ok=True, **history(room, after))
    if not request.args:  # the address of a message that was refused, opened anew
        return see_other(".show_room", id=id)
    messages = shown_after(room, me(), after)
    return render_template(
        "chat/messages/index.html", room=room, messages=messages, emoji=EMOJI, reads=reads()
    )


@bp.post("/rooms/<int:id>/messages")
def create_message(id):
    room, form = find(Room, id), MessageForm()
    message = writing.post(room, form)
    if message is None:
        return refuse(form) if wants_json() else show(find_projected(ROOM, id), form, 422)
    if wants_json():
        return jsonify(ok=True, id=message.id, number=message.number)
    return see_other(".show_room", id=room.id, _anchor=f"message-{message.id}")


def refuse(form):
    return jsonify(ok=False, status=422, errors=form.errors), 422


@bp.post("/rooms/<int:id>/read")
def read_room(id):
    """What came into view on an earlier page, sent by the page; without JavaScript: I have read this, what is new?"""
    room = find(Room, id)
    number = request.form.get("position", room.newest, type=int)
    writing.read(room, number, request.form.get("since", type=int))
    return ("", 204) if "position" in request.form else see_other(".show_room", id=room.id, _anchor="newest")


@bp.get("/rooms/new")
def new_room():
    space = find(Space, request.args.get("space", ""), by=Space.slug)
    authorize("facilitate", space)
    return render_template("chat/rooms/new.html", space=space, form=RoomForm())


@bp.post("/rooms/new")
@once
def create_room():
    space = find(Space, request.args.get("space", ""), by=Space.slug)
    authorize("facilitate", space)
    form = RoomForm(space=space)
    if not form.validate():
        return render_template("chat/rooms/new.html", space=space, form=form), 422
    room = Room.open(space, form.name.data, form.description.data, form.language.data)
    return see_other(".show_room", id=room.id)


@bp.post("/rooms/<int:id>/archive")
def archive_room(id):
    room = find(Room, id)
    authorize("archive", room)
    room.archive()
    return see_other(".show_room", id=room.id)


@bp.get("/messages/<int:id>")
def show_message(id):
    """Leads to it on its page of the room, however much was said since."""
    return back_to(find(Message, id, WITH_ROOM))


@bp.get("/messages/<int:id>/edit")
def edit_message(id):
    message = find(Message, id, WITH_ROOM)
    authorize("edit", message)
    return render_template("chat/messages/edit.html", message=message, form=EditForm.of(message))


@bp.post("/messages/<int:id>/edit")
def update_message(id):
    message, form = find(Message, id, WITH_ROOM), EditForm()
    if not writing.edit(message, form):
        return render_template("chat/messages/edit.html", message=message, form=form), 422
    return back_to(message)


@bp.get("/messages/<int:id>/remove")
def confirm_removal(id):
    message = find(Message, id, WITH_ROOM)
    authorize("remove", message)
    return render_template("chat/messages/remove.html", message=message)


@bp.post("/messages/<int:id>/remove")
def remove_message(id):
    message = find(Message, id, WITH_ROOM)
    writing.remove(message)
    return back_to(message)


@bp.post("/messages/<int:id>/react")
def react_to_message(id):
    message = find(Message, id, WITH_ROOM)
    writing.react(message, request.form.get("emoji"))
    return back_to(message)


def back_to(message):
    before = page_around(message.number)
    page = {"before": before} if before <= message.room.newest else {}
    return see_other(".show_room", id=message.room_id, **page, _anchor=f"message-{message.id}")
