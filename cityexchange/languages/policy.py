"""A translation is seen exactly where its original is; who sees a text may help others to read it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from cityexchange.core.policy import Policy, can, is_part_visible, is_visible, policies
from cityexchange.core.reader import Reader
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.models import Translation
from cityexchange.languages.originals import blank_of, filled_fields, original_of, translatable


def beside_originals(member: Reader, model: Any) -> ColumnElement[bool]:
    """Of rows that name a record by type and number: that the member sees it."""
    seen = (
        and_(model.record_type == name, is_part_visible(member, original, model.record_id))
        for name, original in translatable().items()
    )
    return or_(false(), *seen)


class TranslationPolicy(Policy, model=Translation):
    @classmethod
    def visible(cls, member: Reader):
        return select(Translation).where(beside_originals(member, Translation))

    def create(self):
        """Whoever sees the original, unless its own policy has a narrower verb `translate`.

        A colleague's translation of the present text is theirs, and the author's of the original to change.
        """
        original = original_of(self.record)
        if original is None or not self.member.is_authenticated or not is_visible(self.member, original):
            return False
        return self._own_verb("translate", original, otherwise=True) and self.is_free(original)

    def thank(self):
        """A colleague, not oneself, and not a machine."""
        member, record = self.member, self.record
        is_anothers = record.author_id is None or record.author_id != member.id
        return member.is_authenticated and is_anothers and record.origin != "machine"

    def read(self):
        """The words of a record that is seen may still wait for somebody to look at them: its own policy says so (`read_words`)."""
        original = original_of(self.record)
        return original is not None and self._own_verb("read_words", original, otherwise=True)

    def correct(self):
        """To say which language the original is in: whoever may edit it."""
        original = original_of(self.record)
        return original is not None and self._own_verb("edit", original, otherwise=False)

    def is_free(self, original):
        """Whether nobody else's present words stand in the way."""
        mine, record = self.member.id, self.record
        if record.origin in (None, "machine") or record.author_id == mine:
            return True
        return not record.is_of(getattr(original, record.field)) or self.correct()

    def _own_verb(self, verb, original, otherwise):
        has_verb = hasattr(policies()[type(original)], verb)
        return can(self.member, verb, original) if has_verb else otherwise


class TranslationAskPolicy(Policy, model=TranslationAsk):
    """That a text waits is seen where the text is; who waits is on no page."""

    @classmethod
    def visible(cls, member: Reader):
        return select(TranslationAsk).where(beside_originals(member, TranslationAsk))

    def ask(self):
        """Whoever sees the text, and may read its words."""
        original = original_of(self.record)
        if original is None or not self.member.is_authenticated or not is_visible(self.member, original):
            return False
        return self.read()

    def read(self):
        """Of a text that is seen: that its words are there, and wait for nobody to look at them."""
        original = original_of(self.record)
        if original is None or not filled_fields(original):
            return False
        return can(self.member, "read", blank_of(original))
