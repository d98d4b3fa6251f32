from sqlalchemy import false, select

from cityexchange.chat.models import Message, Occupancy, Reaction, Room
from cityexchange.core.policy import Policy, can, is_part_visible, visible_to
from cityexchange.core.reader import Reader
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import SpacePolicy, spaces_of


class RoomPolicy(Policy, model=Room):
    """Chat is for members, also in public spaces: people speak otherwise when anybody may listen. Guests are let into a space first."""

    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(Room).where(false())
        named = SpacePolicy.naming(member)
        spaces = visible_to(member, Space) if named is True else visible_to(member, Space).where(named)
        return select(Room).where(Room.space_id.in_(spaces.with_only_columns(Space.id)))

    def post(self):
        return not self.record.is_archived and can(self.member, "write", self.record.space)

    def ended(self, verb):
        is_missed = verb == "post" and self.record.is_archived and self.member.is_authenticated
        return "room_closed" if is_missed else ""

    def read(self):
        return self.member.is_authenticated

    def follow(self):
        return self.member.is_authenticated

    def edit(self):
        return can(self.member, "facilitate", self.record.space)

    def archive(self):
        return not self.record.is_archived and can(self.member, "facilitate", self.record.space)


class MessagePolicy(Policy, model=Message):
    @classmethod
    def visible(cls, member: Reader):
        rooms = RoomPolicy.visible(member).with_only_columns(Room.id)
        return select(Message).where(Message.room_id.in_(rooms))

    def edit(self):
        return self._is_mine() and self.react()

    def remove(self):
        if self.record.is_removed:
            return False
        return self._is_mine() or can(self.member, "facilitate", self.record.room.space)

    def react(self):
        return not self.record.is_removed and can(self.member, "post", self.record.room)

    def ended(self, verb):
        is_missed = verb == "react" or (verb == "edit" and self._is_mine())
        return RoomPolicy(self.member, self.record.room).ended("post") if is_missed else ""

    def _is_mine(self):
        return self.member.is_authenticated and self.record.author_id == self.member.id


class OccupancyPolicy(Policy, model=Occupancy):
    """How far somebody has read is their own business."""

    @classmethod
    def visible(cls, member: Reader):
        return select(Occupancy).where(Occupancy.member_id == member.id)


class ReactionPolicy(Policy, model=Reaction):
    @classmethod
    def visible(cls, member: Reader):
        return select(Reaction).where(is_part_visible(member, Message, Reaction.message_id))


def speaks_where(guest: Reader, person):
    """A guest meets those who speak, under their own name, in a space that the guest was let into."""
    spoken = select(Message.author_id).join(Room, Room.id == Message.room_id)
    own = Room.space_id.in_(spaces_of(guest)), Message.pen_name.is_(None), Message.removed_at.is_(None)
    return person.id.in_(spoken.where(*own))
