from sqlalchemy import false, or_, select

from cityexchange.core.db import among
from cityexchange.core.policy import Policy, can, is_part_visible
from cityexchange.core.reader import Reader
from cityexchange.digest.models import ANSWERS, TOLD, Digest, DigestAnswer, DigestReminder
from cityexchange.forums.models import Topic


class DigestPolicy(Policy, model=Digest):
    """One's own alone. Of what it names, whoever shows a line asks again (choosing.py)."""

    @classmethod
    def visible(cls, member: Reader):
        mine = Digest.member_id == member.id if member.is_authenticated else false()
        return select(Digest).where(mine)


class DigestAnswerPolicy(Policy, model=DigestAnswer):
    """What was said to a question is seen with it, by whoever reads names there (panels.py); "not for me" by nobody else."""

    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(DigestAnswer).where(false())
        told = among(DigestAnswer.answer, TOLD) & is_part_visible(member, Topic, DigestAnswer.topic_id)
        return select(DigestAnswer).where(or_(DigestAnswer.member_id == member.id, told))

    @property
    def is_own(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

    def give(self):
        """Of a topic that the member sees: whoever asked needs no help of their own, and who speaks is told, so names must be.

        "We do this too" is said by a city: who has none can help, and has nothing to say for one.
        """
        topic, answer = self.record.topic, self.record.answer
        if not self.is_own or answer not in ANSWERS or topic.author_id == self.member.id:
            return False
        if answer not in TOLD:
            return True
        if answer == "same" and self.record.city_id is None:
            return False
        return (
            topic.is_asking and is_answerable(topic, topic.forum.space) and can(self.member, "reply", topic)
        )

    def take_back(self):
        return self.is_own


class DigestReminderPolicy(Policy, model=DigestReminder):
    """One's own alone. Whether there is anything to be reminded of is asked of the record (ends.py)."""

    @classmethod
    def visible(cls, member: Reader):
        mine = DigestReminder.member_id == member.id if member.is_authenticated else false()
        return select(DigestReminder).where(mine)

    def ask(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

    def take_back(self):
        return self.ask()


def is_answerable(topic, space):
    """Whether a city may say with one press that it does this too. Where names are hidden or chosen, nobody's city is told."""
    return topic.state == "open" and not (space.hides_names or space.allows_chosen_names)
