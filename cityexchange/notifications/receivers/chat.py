"""Of the chat: who is named in a message, whose message is answered, and that something was said where one follows."""

from cityexchange.chat.signals import message_edited, message_posted, message_removed, room_read
from cityexchange.core.mail.models import name_of
from cityexchange.members.calling import newly_called
from cityexchange.notifications.audience import called_in_room, these, told_in_room
from cityexchange.notifications.crowds import Crowd
from cityexchange.notifications.gone import forget
from cityexchange.notifications.models import notify, occasion_of
from cityexchange.notifications.reading import mark_seen
from cityexchange.spaces.unsigned import moment_in


@message_posted.connect
def tell_of_message(message):
    """Whoever is named hears of that, and not once more of the answer."""
    told = tell_those_named(message)
    if message.reply_to_id:
        answered = told_in_room(message.reply_to.author_id, message.room, but=message.author_id)
        tell("reply", message, [one for one in answered if one not in told])
        told = [*told, *answered]
    tell_listeners(message, but=[message.author_id, *told])


@message_edited.connect
def tell_who_is_named_now(message, before):
    tell_those_named(message, before)


@message_removed.connect
def forget_the_message(message):
    forget(message)


@room_read.connect
def mark_what_was_seen(member, room, since, until):
    mark_seen(member.id, room, since, until)


def tell_those_named(message, before=""):
    """Their ids."""
    named = called_in_room(newly_called(message.text, before), message.room, but=message.author_id)
    tell("mention", message, named)
    return named


def tell_listeners(message, but):
    room = message.room
    which = {"room_id": room.id, "space_id": room.space_id, "room": name_of(room), "but": but}
    where = "listeners", room, message.number
    at = moment_in(room.space)
    Crowd.of(occasion_of("message", message), "message", message, *where, at=at, **which).begin()


def tell(kind, message, ids):
    if ids:
        at = moment_in(message.room.space)
        where = message.room, message.number
        notify(occasion_of(kind, message), these(), kind, message, *where, at=at, ids=ids)
