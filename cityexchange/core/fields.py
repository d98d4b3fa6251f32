"""What all forms and their fields have in common."""

import secrets
from collections.abc import Iterable
from typing import Any, ClassVar

from babel.support import NullTranslations
from flask_babel import format_decimal, get_translations, ngettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    FieldList,
    HiddenField,
    IntegerField,
    PasswordField,
    SearchField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms import Form as PlainForm
from wtforms.meta import DefaultMeta
from wtforms.validators import NumberRange, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from cityexchange.core.addresses import NoAddress, normal_address
from cityexchange.core.db import LARGEST_NUMBER
from cityexchange.core.one_line import UnseenWithin, line_of
from cityexchange.core.previews import Previewing
from cityexchange.core.text import shows_nothing
from cityexchange.core.unseen import says_nothing

WRITTEN: set[str] = set()
SECRET = {"answer", "code"}
"""Under which names people write in a form, and under which they say what nobody else may see."""
LONGEST_LINE = 1000
"""More than any line takes, which its own field says: signs of more are not looked at one by one."""
FEW_LETTERS = 12


def _note_names(form):
    for name, field in vars(form).items():
        kind = getattr(field, "field_class", type(None))
        if issubclass(kind, FieldList):
            kind = getattr(field.args[0], "field_class", type(None))
        if issubclass(kind, PasswordField):
            SECRET.add(name)
        elif _is_read_by_people(kind) and not issubclass(kind, EmailField):
            WRITTEN.add(name)


class Length(validators.Length):
    """As the library's; who wrote too much hears how much of it is too much, and nothing behind this looks at it: keep it before what
    reads sign by sign."""

    def __call__(self, form: Any, field: Any) -> None:
        if self.max != -1 and (count := len(field.data or "") - self.max) > 0:
            raise StopValidation(too_many(count, self.max))
        super().__call__(form, field)


def too_many(count: int, most: int) -> str:
    return ngettext(
        "%(count)s character too many: at most %(most)s fit in here.",
        "%(count)s characters too many: at most %(most)s fit in here.",
        count,
        count=format_decimal(count),
        most=format_decimal(most),
    )


def as_meant(text: Any) -> Any:
    """Nothing, where nobody would see a sign; and one for each line's end, as whoever wrote it counts, of which browsers send two."""
    if not isinstance(text, str):
        return text
    return "" if text and says_nothing(text) else text.replace("\r\n", "\n").replace("\r", "\n")


def as_line(text: Any) -> Any:
    """What stands on one line, in its one spelling. ValueError, which the field says, where a sign within it is not seen."""
    if not isinstance(text, str) or says_nothing(text) or len(text) > LONGEST_LINE:
        return as_meant(text)
    try:
        return line_of(text)
    except UnseenWithin as fault:
        raise ValueError(_unseen_after(fault.before)) from None


def _unseen_after(before):
    return _(
        "After “%(letters)s” stands a sign that cannot be seen, or a new line. Please type this place again by hand.",
        letters=f"\u2068{before[-FEW_LETTERS:]}\u2069",
    )


def _filter_of(unbound_field):
    kind, is_hidden = unbound_field.field_class, isinstance(unbound_field.kwargs.get("widget"), HiddenInput)
    return as_meant if is_hidden or issubclass(kind, (TextAreaField, SearchField)) else as_line


def _is_read_by_people(kind):
    return issubclass(kind, StringField) and not issubclass(kind, (PasswordField, HiddenField))


def is_hidden(field):
    return getattr(field.widget, "input_type", "") == "hidden"


def _is_trimmed(field):
    said = " x "
    for change in field.filters:
        said = change(said)
    return said == "x"


class Own:
    """What forms and rows have in common."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        _note_names(cls)

    class Meta(DefaultMeta):
        def get_translations(self, form: Any) -> NullTranslations:
            """Our catalogues hold what the library says too (core/library_words.py)."""
            return get_translations()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            if _is_read_by_people(unbound_field.field_class):
                own = unbound_field.kwargs.get("filters", ())
                options = {**options, "filters": [_filter_of(unbound_field), *own]}
            return super().bind_field(form, unbound_field, options)

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
            """Without `maxlength`: a browser would cut off what is too much, and say nothing. With what its counter has to know."""
            most = field.flags.maxlength if not is_hidden(field) else None
            said = {"data_most": most, "data_trimmed": _is_trimmed(field)} if most else {}
            return super().render_field(field, {**said, **render_kw, "maxlength": False})


class Form(Previewing, Own, FlaskForm):
    """The base of every form."""


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def nonce_field() -> HiddenField:
    """In each form that makes something: sent twice, it is taken once (core/once.py)."""
    return HiddenField(default=new_nonce, validators=[Length(max=64)])


def named_apart(field: Any, id: str) -> None:
    """Where two forms of a page have a field of the same name: each has an element of its own, which label, errors and summary know."""
    field.id = field.label.field_id = id


class Row(Own, PlainForm):
    """The base of what a form holds several times, and of its parts: without a token of its own."""


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


class Shown:
    """For each text in Markdown: of what was typed something is to be seen, once it is rendered."""

    field_flags: ClassVar[dict[str, bool]] = {"markdown": True}

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and shows_nothing(field.data):
            raise ValidationError(_("Nobody would see anything of this text. Write some words in it."))


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


def row_number(*validators: Any) -> IntegerField:
    """A hidden number of a row or a version: at most what a row can hold."""
    return IntegerField(validators=[*validators, NumberRange(0, LARGEST_NUMBER)], widget=HiddenInput())


def offered(*pairs: tuple[Any, ...] | Iterable[tuple[Any, ...]]) -> list[SelectChoice]:
    """What a list offers, from (value, words) each, alone or many together: `offered(NONE, MODES.items())`. Words that are not in the
    language of the page say so: (value, words, {"lang": "fr"}); names {"translate": "no"}, for `dir` would align them to the other side."""
    flat = [pair for one in pairs for pair in ([one] if isinstance(one, tuple) else one)]
    return [SelectChoice(*pair) for pair in flat]
