"""Who reads and writes where. The space decides; a topic adds its state, a post its author."""

from functools import cached_property
from typing import Any

from sqlalchemy import false, or_, select

from cityexchange.core.databases import line_by_line
from cityexchange.core.db import among
from cityexchange.core.policy import Policy, is_part_visible
from cityexchange.core.reader import Reader
from cityexchange.forums.models import HIDDEN, Answer, Forum, Post, ReadPosition, Revision, Topic
from cityexchange.members.policy import speaks_officially
from cityexchange.spaces.models import Membership, Space
from cityexchange.spaces.policy import SpacePolicy, spaces_of


class ForumPolicy(Policy, model=Forum):
    @classmethod
    def visible(cls, member: Reader):
        spaces = SpacePolicy.visible(member).with_only_columns(Space.id)
        return select(Forum).where(Forum.space_id.in_(spaces))

    def start(self):
        return SpacePolicy(self.member, self.record.space).write()

    def announce(self):
        return self.start() and self.facilitate()

    def speak_officially(self):
        """On behalf of one's city, under one's own name."""
        if not (self.start() and speaks_officially(self.member)):
            return False
        space = self.record.space
        return not space.hides_names and space.pen_name_of(self.member) is None

    def facilitate(self):
        return SpacePolicy(self.member, self.record.space).facilitate()

    edit = facilitate

    def follow(self):
        return self.member.is_authenticated


class TopicPolicy(Policy, model=Topic):
    """What is held or removed is there for those who look after the space, and held topics for their author."""

    @classmethod
    def visible(cls, member: Reader):
        forums = ForumPolicy.visible(member).with_only_columns(Forum.id)
        return select(Topic).where(line_by_line(Topic.forum_id).in_(forums), or_(*cls.open_to(member)))

    @classmethod
    def open_to(cls, member: Reader):
        yield ~among(Topic.state, HIDDEN)
        if not member.is_authenticated:
            return
        yield among(Topic.state, ("held",)) & (Topic.author_id == member.id)
        if member.has_team_role("facilitator", "coordinator", "admin"):
            yield among(Topic.state, HIDDEN)
        led = select(Membership.space_id).filter_by(member_id=member.id, role="facilitator")
        yield Topic.forum_id.in_(select(Forum.id).where(Forum.space_id.in_(led)))

    @property
    def is_asker(self):
        return self.member.is_authenticated and self.record.author_id == self.member.id

    @property
    def is_writable(self):
        return SpacePolicy(self.member, self.record.forum.space).write()

    def facilitate(self):
        return self.is_writable and self.leads

    @cached_property
    def leads(self):
        return ForumPolicy(self.member, self.record.forum).facilitate()

    def reply(self):
        return self.record.is_talking and self.is_writable

    def speak_officially(self):
        return self.reply() and ForumPolicy(self.member, self.record.forum).speak_officially()

    def ended(self, verb):
        """Of a reply; of closing and reopening, for those who may do that at other times."""
        is_steering = verb in ("close", "reopen") and (self.is_asker or self.leads)
        if not self.member.is_authenticated or not (verb == "reply" or is_steering):
            return ""
        if not self.is_writable:
            return "topic_archived"
        if self.record.is_talking:
            return "topic_open" if verb == "reopen" else ""
        return "" if verb == "reopen" else f"topic_{self.record.state}"

    def name_people(self):
        return SpacePolicy(self.member, self.record.forum.space).name_people()

    def read(self):
        return self.member.is_authenticated

    def follow(self):
        return self.member.is_authenticated

    def close(self):
        return self.reply() and (self.is_asker or self.facilitate())

    def reopen(self):
        """An asker reopens what they closed; what a facilitator closed, a facilitator reopens."""
        if self.record.state != "closed" or not self.is_writable:
            return False
        return (self.is_asker and self.record.closer_id == self.member.id) or self.facilitate()

    def mark_answer(self):
        """Asker or facilitator, also after closing; see PostPolicy for which post."""
        if not self.record.is_asking or self.record.state in HIDDEN:
            return False
        return self.is_writable and (self.is_asker or self.facilitate())

    def pin(self):
        return self.record.state not in HIDDEN and self.facilitate()

    unpin = pin


class PostPolicy(Policy, model=Post):
    """A removed post is a number in its topic; its words are nobody's any more."""

    @classmethod
    def visible(cls, member: Reader):
        return select(Post).where(is_part_visible(member, Topic, Post.topic_id), Post.removed_at.is_(None))

    def __init__(self, member: Reader, record: Any, topic: "TopicPolicy | None" = None):
        """`topic`: the topic's policy where a page has it at hand, so that its answers are found once."""
        super().__init__(member, record)
        self.topic = topic or TopicPolicy(member, record.topic)

    @property
    def is_author(self):
        return self.member.is_authenticated and self.record.author_id == self.member.id

    def edit(self):
        """One's own, as long as the conversation is open."""
        return self.is_author and not self.record.is_removed and self.topic.reply()

    def speak_officially(self):
        return self.edit() and self.record.pen_name is None and self.topic.speak_officially()

    def remove(self):
        """An opening post goes only while nobody has answered it."""
        is_alone = self.record.topic.post_count == 1
        if self.record.is_removed or (self.record.is_opening and not is_alone):
            return False
        return (self.is_author and self.topic.reply()) or self.topic.facilitate()

    def ended(self, verb):
        """One's own words follow their topic."""
        is_own = verb in ("edit", "remove") and self.is_author and not self.record.is_removed
        return self.topic.ended("reply") if is_own else ""

    def read_revisions(self):
        """Members see how a text came to be what it is; visitors see what it is."""
        return self.member.is_authenticated and not self.record.is_removed

    def mark_answer(self):
        is_reply = not self.record.is_opening and not self.record.is_removed
        return is_reply and self.topic.mark_answer()

    unmark_answer = mark_answer


class AnswerPolicy(Policy, model=Answer):
    @classmethod
    def visible(cls, member: Reader):
        return select(Answer).where(is_part_visible(member, Post, Answer.post_id))


class RevisionPolicy(Policy, model=Revision):
    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(Revision).where(false())
        return select(Revision).where(is_part_visible(member, Post, Revision.post_id))


class ReadPositionPolicy(Policy, model=ReadPosition):
    """What one reads is one's own affair."""

    @classmethod
    def visible(cls, member: Reader):
        return select(ReadPosition).where(ReadPosition.member_id == member.id)


def writes_where(guest: Reader, person):
    """A guest meets those who write, under their own name, in a space that the guest was let into."""
    in_spaces = (
        select(Post.author_id).join(Topic, Topic.id == Post.topic_id).join(Forum, Forum.id == Topic.forum_id)
    )
    own = Forum.space_id.in_(spaces_of(guest)), Post.pen_name.is_(None), Post.removed_at.is_(None)
    return person.id.in_(in_spaces.where(*own, ~among(Topic.state, HIDDEN)))
