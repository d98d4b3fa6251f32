"""What members do in a room, by whichever door: a form and a live event ask the same, are counted together and do the same.

Each verb asks the policy, then whether what was sent is in order, then the limit: what is refused before counts at no door.
"""

from flask import abort

from cityexchange.chat.limits import MESSAGES, READINGS
from cityexchange.chat.models import EMOJI
from cityexchange.chat.reading import PAGE, message_in
from cityexchange.core.web import authorize, me


def post(room, form):
    """The new message, up to which its author has read; None where the form is not in order."""
    authorize("post", room)
    if not form.validate():
        return None
    MESSAGES.spend(me().id)
    answered = message_in(room, form.reply_to.data) if form.reply_to.data else None
    message = room.post(me(), form.text.data, form.nonce.data, answered)
    room.read(me(), message.number, since=message.number)
    return message


def edit(message, form):
    """False where the form is not in order."""
    authorize("edit", message)
    if not form.validate():
        return False
    MESSAGES.spend(me().id)
    message.edit(form.text.data, form.language.data or None)
    return True


def remove(message):
    authorize("remove", message)
    MESSAGES.spend(me().id)
    message.remove()


def react(message, emoji):
    authorize("react", message)
    if emoji not in EMOJI:
        abort(422)
    MESSAGES.spend(me().id)
    message.react(me(), emoji)


def read(room, number, since=None):
    """Up to a number, or as far as there is something; where nobody tells what was seen, as much as a page shows."""
    authorize("read", room)
    READINGS.spend(me().id)
    until = max(0, min(number, room.newest))
    first = until - PAGE + 1 if since is None else min(since, until)
    room.read(me(), until, since=max(1, first))
