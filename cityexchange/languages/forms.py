from functools import cache
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Text, inspect
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from cityexchange.core.fields import Form, Length, Shown, nonce_field, offered
from cityexchange.core.text import MAX_LENGTH
from cityexchange.languages.choices import base, language_choices
from cityexchange.languages.labels import field_words
from cityexchange.languages.models import Written
from cityexchange.languages.originals import fields_of, filled_fields


def written_in_field():
    """For forms of texts: the language that the writer states, or "" to have it found out."""
    return SelectField(_l("Language of the text"), choices=_or_found_out, default="")


def _or_found_out():
    return offered(("", _("Found out from the text")), language_choices(get_locale()))


class LanguageForm(Form):
    language = SelectField(_l("Language of this text"), [InputRequired()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_open = self.language.data not in dict(known := language_choices(get_locale()))
        self.language.choices = offered(*([("", "–")] if is_open else []), known)


class TranslationForm(LanguageForm):
    """Has a field for each filled field of the original; at least one must be filled in."""

    nonce = nonce_field()
    language = SelectField(_l("Language of your translation"), [InputRequired()])

    def __init__(self, original, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.original = original
        self.fields = filled_fields(original) or fields_of(type(original))
        for name in set(fields_of(type(original))) - set(self.fields):
            del self[name]

    def validate_language(self, field):
        if base(field.data) == base(self.original.language):
            raise ValidationError(_l("The original is already in this language. Choose another one."))

    def validate(self, extra_validators=None):
        is_valid = super().validate(extra_validators)
        if not self.translated():
            self[self.fields[-1]].errors = [_l("Write the translation here.")]
        return is_valid and bool(self.translated())

    def translated(self):
        """{field: text} of what was filled in."""
        return {name: self[name].data.strip() for name in self.fields if (self[name].data or "").strip()}


def translation_form(original: Any, **kwargs: Any) -> TranslationForm:
    return _form_for(type(original))(original, **kwargs)


@cache
def _form_for(model: type) -> type[TranslationForm]:
    fields = {name: field_for(model, name, field_words[name]) for name in fields_of(model)}
    return type(f"TranslationFormOf{model.__name__}", (TranslationForm,), fields)


def field_for(model: type, name: str, words: Any) -> Any:
    """A line for a line, an area for a text, with room for what the column takes; `words` stand above it."""
    column = inspect(model).columns[name]
    if isinstance(column.type, Text):
        seen = [Shown()] if name == "text" and issubclass(model, Written) else []
        return TextAreaField(words, [Optional(), Length(max=MAX_LENGTH), *seen])
    return StringField(words, [Optional(), Length(max=column.type.length)])
