from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from cityexchange.core.db import LARGEST_NUMBER
from cityexchange.core.fields import DataRequired, Form, Length, nonce_field, offered
from cityexchange.languages.choices import language_choices
from cityexchange.members.imitation import readable_name, resembles
from cityexchange.spaces.labels import CLASSES, JOINING, ROLES, RULES
from cityexchange.spaces.models import CLOSED


class SpaceForm(Form):
    """Of a new space, or of `space`, whose class can only become narrower."""

    nonce = nonce_field()
    name = StringField(_l("Name of the space"), [DataRequired(), Length(max=120)])
    description = TextAreaField(_l("What it is for"), [Optional(), Length(max=1000)])
    language = SelectField(_l("Language of the name and description"), default=lambda: get_locale().language)
    confidentiality = RadioField(_l("Who reads here"), [InputRequired()], default="members")
    joining = RadioField(_l("How people come in"), [InputRequired()], choices=offered(JOINING.items()))
    allows_chosen_names = BooleanField(
        _l("People may write under a chosen name"),
        description=_l("For those who would be in danger, or would not be heard, under their own name."),
    )

    def __init__(self, space=None, **kwargs):
        super().__init__(obj=space, **kwargs)
        self.space = space
        self.language.choices = offered(language_choices(get_locale()))
        self.confidentiality.choices = offered(
            (key, f"{words}. {RULES[key]}") for key, words in CLASSES.items()
        )

    def validate_confidentiality(self, field):
        if not field.errors and self.space and self.space.widens_to(field.data):
            raise ValidationError(
                _("What was written here was written for fewer readers. Open a new space for more of them.")
            )

    def validate_joining(self, field):
        if field.data == "open" and self.confidentiality.data in CLOSED:
            raise ValidationError(
                _("Nobody comes into a closed space by a press: let people ask, or invite them.")
            )

    @property
    def values(self):
        names = "name", "description", "language", "confidentiality", "joining", "allows_chosen_names"
        said = {name: self[name].data for name in names}
        return said | {"name": said["name"].strip(), "description": (said["description"] or "").strip()}


class RequestForm(Form):
    nonce = nonce_field()
    why = TextAreaField(_l("A word to those who look after it"), [Optional(), Length(max=1000)])


class FindForm(Form):
    """Whom to invite: sent by GET, so that a list of people found has an address."""

    q = SearchField(_l("Name"), [Optional(), Length(max=100)])


class InviteForm(Form):
    nonce = nonce_field()
    member = IntegerField(_l("Whom do you invite?"), [InputRequired(), NumberRange(0, LARGEST_NUMBER)])
    why = TextAreaField(_l("A word to them"), [Optional(), Length(max=1000)])


class MembershipForm(Form):
    role = SelectField(_l("Role"), [DataRequired()], choices=offered(ROLES.items()))


class ChosenNameForm(Form):
    chosen_name = StringField(_l("Chosen name"), [Optional(), Length(max=120), readable_name])

    def __init__(self, membership, **kwargs):
        super().__init__(obj=membership, **kwargs)
        self.membership = membership

    @property
    def changes_name(self):
        return (self.chosen_name.data or "").strip() != (self.membership.chosen_name or "")

    def validate_chosen_name(self, field):
        """Nobody speaks under the name of somebody else, nor under one that looks like it."""
        name = (field.data or "").strip()
        if name and resembles(name, self.membership.member_id):
            raise ValidationError(
                _("This name is, or looks like, that of somebody else. Please choose another one.")
            )
