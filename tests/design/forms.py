"""One field of every kind."""

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from cityexchange.core.fields import Form, Length


class Sample(Form):
    title = StringField("Title", [InputRequired(), Length(max=120)])
    day = DateField("Day")
    kind = SelectField("Kind", choices=["Question", "Discussion"])
    document = FileField("A document")
    text = TextAreaField("Your text", [InputRequired(), Length(max=2000)])
    mode = RadioField("How will you take part?", [InputRequired()], choices=["In person", "Online"])
    languages = SelectMultipleField(
        "Languages", choices=["Français", "العربية"], widget=ListWidget(), option_widget=CheckboxInput()
    )
    agree = BooleanField("I have read the house rules", [InputRequired()])
