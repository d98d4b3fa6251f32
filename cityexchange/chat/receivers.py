"""A message is saved before it is told; the facts are taken while they are at hand."""

from cityexchange.chat import facts
from cityexchange.chat.signals import message_changed, message_posted, message_removed
from cityexchange.core.sockets import announce, hang_up
from cityexchange.spaces.signals import membership_ended


@message_posted.connect
def tell_posted(message):
    announce(message.room, "message:posted", **facts.posted(message))


@message_changed.connect
def tell_changed(message):
    announce(message.room, "message:changed", **facts.changed(message))


@message_removed.connect
def tell_removed(message):
    announce(message.room, "message:removed", **facts.removed(message))


@membership_ended.after_commit
def hang_up_who_left(space, member):
    """Their lines may follow rooms of the space; what is still open to them they enter again."""
    hang_up(member.id)
