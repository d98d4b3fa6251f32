"""A letter that proves what an address cannot: from somebody without an account, read by those who decide, gone with the decision."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from cityexchange.core.db import db
from cityexchange.core.fields import Form
from cityexchange.core.files.kinds import Refused
from cityexchange.core.files.models import File, attach
from cityexchange.core.files.receiving import receive
from cityexchange.core.files.words import reason_in_words
from cityexchange.members.signals import letter_received

TAKEN = ("pdf", "webp")
"""Extensions: what a scanner or a telephone makes. Office documents of strangers are not taken."""


class LetterForm(Form):
    """Once it is valid, `received` is the file, attached to nothing yet."""

    letter = FileField(_l("The letter"))
    received: File | None = None

    def validate(self, extra_validators=None):
        if not super().validate(extra_validators):
            return False
        try:
            self.received = receive(self.letter.data, None, only=TAKEN)
        except Refused as refusal:
            self.letter.errors = [reason_in_words(refusal.reason)]
        return self.received is not None


class WithLetter:
    """A record that somebody decides about, and its letter."""

    id: int

    @property
    def letter(self) -> File | None:
        return db.session.scalar(db.select(File).where(*self._mine()))

    def take_letter(self, file: File) -> None:
        """In place of the one before."""
        self.drop_letter()
        attach(file, self)
        letter_received.send(record=self)

    def drop_letter(self) -> None:
        """The bytes follow with the next search for remains."""
        db.session.execute(db.delete(File).where(*self._mine()))

    def _mine(self):
        return File.record_type == type(self).__name__, File.record_id == self.id
