from uuid import uuid4

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from cityexchange.chat.models import LONGEST_NONCE, LONGEST_TEXT, Message, Room
from cityexchange.core.fields import (
    DataRequired,
    Form,
    Length,
    Shown,
    nonce_field,
    offered,
    row_number,
)
from cityexchange.languages.choices import language_choices
from cityexchange.languages.forms import written_in_field


class MessageForm(Form):
    """`nonce` makes a double press one message."""

    text = TextAreaField(
        _l("Your message"),
        [DataRequired(_l("Write something first.")), Length(max=LONGEST_TEXT), Shown()],
    )
    nonce = HiddenField(
        validators=[Length(max=LONGEST_NONCE)],
        default=lambda: str(uuid4()),  # as static/js/lib/kept.js makes them
    )
    reply_to = row_number(Optional())


def filled(form, **values):
    """The form as a live event fills it in: held to the same rules, but for the token, which the line needs none of."""
    words = MultiDict((name, str(value)) for name, value in values.items() if value is not None)
    return form(formdata=words, meta={"csrf": False})


class EditForm(Form):
    text = TextAreaField(
        _l("Your message"),
        [DataRequired(_l("Write something first.")), Length(max=LONGEST_TEXT), Shown()],
    )
    language = written_in_field()

    @classmethod
    def of(cls, message: Message) -> "EditForm":
        """Other words may be in another language: only one that somebody stated is stated again."""
        language = message.language if message.is_language_stated else ""
        return cls(formdata=None, data={"text": message.text, "language": language})


class RoomForm(Form):
    nonce = nonce_field()
    name = StringField(_l("Name of the room"), [DataRequired(), Length(max=120)])
    description = TextAreaField(_l("What is talked about here"), [Optional(), Length(max=500)])
    language = SelectField(_l("Language of the name and description"), default=lambda: get_locale().language)

    def __init__(self, space=None, **kwargs):
        super().__init__(**kwargs)
        self.space, self.language.choices = space, offered(language_choices(get_locale()))

    def validate_name(self, name):
        if self.space and Room.is_in(self.space, name.data):
            raise ValidationError(_("This space has a room of this name already. Choose another name."))
