"""What all forms and their fields have in common."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectMultipleField, validators
from wtforms.i18n import messages_path
from wtforms.validators import NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from cityexchange.core.addresses import NoAddress, normal_address
from cityexchange.core.db import LARGEST_NUMBER
from cityexchange.core.unseen import says_nothing


class Form(FlaskForm):
    """The base of every form."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> NullTranslations:
            return _words_of_the_library(str(get_locale() or "en"))


class DataRequired(validators.DataRequired):
    """As the library's, and in a text there is something to see."""

    def __call__(self, form: Any, field: Any) -> None:
        typed = field.data
        if isinstance(typed, str) and says_nothing(typed):
            field.data = ""
        try:
            super().__call__(form, field)
        finally:
            field.data = typed


class Address:
    """An address that mail can be sent to; from here on the field holds it in its one form (core/addresses.py)."""

    def __call__(self, form: Any, field: Any) -> None:
        try:
            field.data = normal_address(field.data or "")
        except NoAddress:
            raise ValidationError(
                _("Mail cannot be sent to this address. Check how it is written.")
            ) from None


class TickList(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


@lru_cache(maxsize=16)
def _words_of_the_library(locale):
    # Flask-WTF would read the catalogue anew for the first form of each request.
    return Translations.load(messages_path(), [locale], domain="wtforms")


def row_number(*validators: Any) -> IntegerField:
    """A hidden number of a row or a version: at most what a row can hold."""
    return IntegerField(validators=[*validators, NumberRange(0, LARGEST_NUMBER)], widget=HiddenInput())


def offered(*pairs: tuple[Any, ...] | Iterable[tuple[Any, ...]]) -> list[SelectChoice]:
    """What a list offers, from (value, words) each, alone or many together: `offered(NONE, MODES.items())`. Words that are not in the
    language of the page have their marks behind them: (value, words, {"lang": "fr"})."""
    flat = [pair for one in pairs for pair in ([one] if isinstance(one, tuple) else one)]
    return [SelectChoice(*pair) for pair in flat]
