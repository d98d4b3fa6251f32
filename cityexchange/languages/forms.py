from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from cityexchange.core.fields import offered
from cityexchange.core.text import MAX_LENGTH
from cityexchange.languages.choices import base, language_choices
from cityexchange.languages.originals import fields_of


class LanguageForm(FlaskForm):
    language = SelectField(_l("Language of this text"), [InputRequired()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.language.choices = offered(language_choices(get_locale()))


class TranslationForm(LanguageForm):
    """Has a field for each text of the original; at least one must be filled in."""

    language = SelectField(_l("Language of your translation"), [InputRequired()])
    title = StringField(_l("Title in that language"), [Optional(), Length(max=200)])
    text = TextAreaField(_l("Text in that language"), [Optional(), Length(max=MAX_LENGTH)])

    def __init__(self, original, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.original = original
        self.fields = fields_of(type(original))
        for name in {"title", "text"} - set(self.fields):
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
