"""A message is saved before it is told; the payload is made while it is at hand."""

from cityexchange.chat.models import Room
from cityexchange.chat.payloads import change_of, payload_of, removed, shown_of, signed
from cityexchange.chat.signals import message_changed, message_posted, message_removed
from cityexchange.core.db import db
from cityexchange.core.sockets import announce, empty, hang_up
from cityexchange.members.naming import told_to_many
from cityexchange.spaces.meeting import known_to_all
from cityexchange.spaces.signals import membership_ended, space_reclassified


@message_posted.connect
def tell_posted(message):
    said = shown_of(message, **signed(message))
    announce(message.room, "message:posted", **payload_of(named(said, message.room)))


@message_changed.connect
def tell_changed(message):
    said = shown_of(message, reactions=tuple(message.reaction_counts.items()))
    announce(message.room, "message:changed", **change_of(named(said, message.room)))


def named(said, room):
    """What is told goes to all who listen."""
    return said._replace(html=told_to_many(said.html, lambda ids: known_to_all(room.space, ids)))


@message_removed.connect
def tell_removed(message):
    announce(message.room, "message:removed", **removed(message))


@membership_ended.connect
def hang_up_who_left(space, member):
    """Their lines may follow rooms of the space; what is still open to them they enter again."""
    hang_up(member.id)


@space_reclassified.connect
def empty_its_rooms(space):
    """Not only for those who see it no more: names that the others have may have to be hidden now."""
    for room in db.session.scalars(db.select(Room).filter_by(space_id=space.id)):
        empty(room)
