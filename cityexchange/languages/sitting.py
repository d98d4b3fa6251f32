"""Many texts translated in one sitting: those of a page, each with a field of its own, which may stay empty.

texts = texts_of(me(), [("title", _("Title"), topic, "title"), ...], "fr")
class ThreadForm(Drafted, ManyTexts): ...
form = ThreadForm(texts)        form["title"] is the field; "title-of" says of which original its words were made
for text, words in form.written(): publish(text.record, text.field, text.language, words)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField

from cityexchange.core.fields import Form, Length, nonce_field
from cityexchange.core.reader import OneReader
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.languages.forms import field_for
from cityexchange.languages.models import Translation, digest
from cityexchange.languages.originals import blank_of, translations_into
from cityexchange.languages.policy import TranslationPolicy

SHORT = 16
"""Signs of a digest: enough to know another original, and too few to be taken for somebody's words (core/kept.py)."""
Named = tuple[str, str, Any, str]
"""The name of the field in the form, what people call the text, the record, and which field of the record."""


@dataclass(frozen=True)
class Text:
    name: str
    called: str
    record: Any
    field: str
    language: str
    """Into which it is translated."""
    there: Translation | None
    is_free: bool
    """Whether the member may write where a translation is."""

    @property
    def source(self) -> str:
        return getattr(self.record, self.field)

    @property
    def mark(self) -> str:
        """Of the present original."""
        return digest(self.source)[:SHORT]

    @property
    def is_foreign(self) -> bool:
        return base(self.record.language) != base(self.language)

    @property
    def is_current(self) -> bool:
        return self.there is not None and self.there.is_of(self.source)

    @property
    def is_left(self) -> bool:
        """What is too short to tell its language can be translated, and need not be."""
        return self.is_foreign and not self.is_current and self.record.language != UNDETERMINED

    @property
    def words(self) -> str:
        return self.there.text if self.there else ""


def texts_of(member: OneReader, named: Iterable[Named], language: str) -> list[Text]:
    """Of records that the member has been found to see, in one query."""
    named = list(named)
    there = translations_into(language, (record for *_names, record, _field in named))
    return [_text(member, *one, language, there) for one in named]


def _text(member, name, called, record, field, language, translations):
    there = translations.get((type(record).__name__, record.id, field))
    is_free = TranslationPolicy(member, there or blank_of(record)).is_free(record)
    return Text(name, called, record, field, language, there, is_free)


def called_here(text: str) -> str:
    return _("%(text)s in your translation", text=text)


class ManyTexts(Form):
    nonce = nonce_field()
    texts: Sequence[Text] = ()

    def __init__(self, texts: list[Text]):
        self.texts = [text for text in texts if text.is_foreign]
        super().__init__(data={text.name: text.words for text in self.texts})

    def process(self, *args: Any, **kwargs: Any) -> None:
        """A class of its own for each page would never be forgotten."""
        for text in self.texts:
            self._bind(text.name, field_for(type(text.record), text.field, called_here(text.called)))
            self._bind(_of(text), HiddenField(default=text.mark, validators=[Length(max=SHORT)]))
        super().process(*args, **kwargs)

    def _bind(self, name, field):
        options = {"name": name, "prefix": self._prefix, "translations": self.meta.get_translations(self)}
        self._fields[name] = self.meta.bind_field(self, field, options)

    def written(self) -> list[tuple[Text, str]]:
        """What is new: filled in, and not what stands there already."""
        said = [(text, (self[text.name].data or "").strip()) for text in self.texts]
        return [(text, words) for text, words in said if words and words != text.words.strip()]

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if is_valid and not self.written():
            self.form_errors.append(_("Write at least one translation. The other fields may stay empty."))
        return is_valid and bool(self.written())

    def overtaken(self) -> list[Text]:
        """Those under which something else stands than when their words were begun. Each says so at its field, once: whoever has seen
        the new original and sends the same words again means them."""
        return [text for text, _words in self.written() if self._is_overtaken(text)]

    def _is_overtaken(self, text):
        known = self[_of(text)]
        if known.data != text.mark:
            known.data = text.mark
            fault = _(
                "The original has changed since you began. It stands here as it is now: look at it again."
            )
        elif not text.is_free:
            fault = _(
                "A colleague has translated this meanwhile. Your words are still here; empty the field to go on."
            )
        else:
            return False
        self[text.name].errors = [fault]
        return True


def _of(text):
    return f"{text.name}-of"
