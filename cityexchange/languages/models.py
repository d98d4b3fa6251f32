"""A text that a person wrote, and what others made of it in other languages."""

import hashlib
from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    delete,
    event,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from cityexchange.core.db import db
from cityexchange.core.text import RENDER_VERSION, excerpt, render, storable
from cityexchange.core.versions import Versioned
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.languages.detection import detect
from cityexchange.languages.signals import text_translated, words_removed

ORIGINS = ("human", "machine", "reviewed")


class Translatable:
    """A model with a `language` and words in it that can be read, and written by colleagues, in other languages."""

    translated_fields: ClassVar[tuple[str, ...]] = ()
    """Columns that a person fills in. All are in the record's one language."""
    translated_parts: ClassVar[tuple[str, ...]] = ()
    """Relationships ("schedule.sessions") to records that its page shows too: their translations are offered with its own."""
    read_with: ClassVar[str] = ""
    """Of a part: the relationship to the record on whose page it is read, where `part_of` does not say it."""
    is_ui_name: ClassVar[bool] = False
    """A name of the interface (a space, a room), not what somebody said: on every page, so its translations are kept in memory."""

    def records_below(self) -> list[Any]:
        """Whose words somebody means too who asks for a translation of this one, beside its `translated_parts`."""
        return []


class Written(Translatable):
    """A model whose text a person wrote in Markdown. Further `translated_fields` share the language."""

    translated_fields: ClassVar[tuple[str, ...]] = ("text",)
    heading_base: ClassVar[int] = 4
    """The level of the text's biggest headings: one below those of the pages that show it."""

    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    is_language_stated: Mapped[bool] = mapped_column(default=False)
    render_version: Mapped[int] = mapped_column(default=RENDER_VERSION)

    def write(
        self, text: str, language: str | None = None, languages: Sequence[str] = (), is_unsigned: bool = False
    ) -> None:
        """Takes the text and renders it. A language once stated stays; otherwise the words tell it, or nothing does.

        `languages`: those that a short text is likely in; of the writer (`languages_of`), or of the place where nobody is to learn who
        wrote it (`is_unsigned`).
        """
        self.text = text = storable(text)
        self.render()
        if language:
            self.correct_language(language)
        elif not self.is_language_stated:
            self.language, self.is_language_stated = self._told(languages, is_unsigned), False

    def _told(self, languages, is_unsigned):
        own = languages or [one for one in (self.language,) if one and one != UNDETERMINED]
        return detect(self.text, own, self.html, is_unsigned)

    def correct_language(self, language: str) -> None:
        """Somebody who knows says which language this is."""
        self.language, self.is_language_stated = language, True

    def render(self) -> None:
        """Makes the HTML anew from the source, by the rules of today."""
        self.html, self.render_version = render(self.text, self.heading_base), RENDER_VERSION

    def excerpt(self, length: int = 200) -> str:
        """The words alone, on one line."""
        return excerpt(self.html, length)


class Translation(Written, Versioned, db.Model):
    """One field of one record in one more language. Who sees the original sees this, and nobody else."""

    part_of = "record"

    __tablename__ = "translations"
    __table_args__ = (
        UniqueConstraint("record_type", "record_id", "field", "language"),
        CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(16))
    source_digest: Mapped[str] = mapped_column(String(64))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    thanks: Mapped[int] = mapped_column(default=0)
    """How many have said it (thanks.py)."""

    @classmethod
    def of(cls, record: Any, field: str, language: str) -> "Translation":
        """The translation there is, or a new one that is not yet added."""
        place = {
            "record_type": type(record).__name__,
            "record_id": record.id,
            "field": field,
            "language": language,
        }
        return db.session.scalar(select(cls).filter_by(**place)) or cls(**place)

    @property
    def origin_by_hand(self) -> str:
        """What it becomes when a person writes it: a machine's text that somebody mends is reviewed."""
        return "reviewed" if self.origin in ("machine", "reviewed") else "human"

    def is_of(self, source: str) -> bool:
        """Whether it was made of this very source; otherwise the original has changed since."""
        return self.source_digest == digest(source)


def translate(
    record: Any, field: str, language: str, text: str, origin: str = "human", author: Any = None
) -> Translation:
    """Writes or replaces the translation of `record.<field>` into `language`. ValueError into its own language."""
    if base(language) == base(record.language):
        raise ValueError("a text is not translated into its own language")
    translation = Translation.of(record, field, language)
    if translation.author_id != (author_id := getattr(author, "id", None)):
        translation.thanks = 0  # those were for somebody else
    translation.origin, translation.author_id = origin, author_id
    translation.source_digest = digest(getattr(record, field))
    translation.write(text, language)
    db.session.add(translation)
    db.session.flush()
    text_translated.send(record=record, translation=translation)
    return translation


def correct(record: Any, language: str) -> None:
    """Says which language a record's texts are in, for models whose text is not `Written` (a title alone) too."""
    if isinstance(record, Written):
        record.correct_language(language)
    else:
        record.language = language


def digest(source: str) -> str:
    return hashlib.sha256(source.encode(errors="surrogatepass")).hexdigest()


def forget(record: Any) -> None:
    """With a record, or with its words, go its translations."""
    of_it = {"record_type": type(record).__name__, "record_id": inspect(record).identity[0]}
    db.session.execute(delete(Translation).filter_by(**of_it))
    words_removed.send(record=record)


@event.listens_for(Session, "before_flush")
def forget_translations(session: Session, *_rest: Any) -> None:
    """Rows that the database itself deletes leave theirs behind unread."""
    for record in session.deleted:
        if isinstance(record, Translatable) and not isinstance(record, Translation):
            forget(record)
