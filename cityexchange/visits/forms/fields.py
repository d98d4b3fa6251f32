"""Fields that both forms use."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import Optional, StopValidation

from cityexchange.core.fields import Form, Length, Shown, as_line, offered
from cityexchange.languages.choices import language_choices

LONG = 4000


def text_part(label, help_text, *validators):
    return TextAreaField(label, [*validators, Length(max=LONG), Shown()], description=help_text)


def some_languages(codes):
    return offered(choice for choice in language_choices(get_locale()) if choice[0] in codes)


class Lines(TextAreaField):
    """One entry a line; the data is the list of entries."""

    def _value(self):
        return "\n".join(self.data or [])

    def process_formdata(self, valuelist):
        lines = valuelist[0].splitlines() if valuelist else []
        self.data = [line.strip() for line in lines if line.strip()]
        self.data = list(filter(None, map(as_line, self.data)))


class OptionalWith(Optional):
    """May be left empty together with another field, not alone."""

    def __init__(self, other):
        super().__init__()
        self.other = other

    def __call__(self, form, field):
        if form[self.other].data and not field.data:
            field.errors = []
            raise StopValidation(_("Give the first and the last day, or neither yet."))
        super().__call__(form, field)


class HasLanguage(Form):
    language = SelectField(
        _l("Language of your text"), [Optional()], description=_l("We find it out unless you tell us.")
    )

    def offer_languages(self):
        self.language.choices = offered(("", _("Find out from the text")), language_choices(get_locale()))
