"""A city, or an organisation that is none, as a whole."""

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, ValidationError

from cityexchange.cities.domains import can_be_owned, normal
from cityexchange.cities.forms.place import HasPlace
from cityexchange.cities.labels import KINDS, country_choices
from cityexchange.core.fields import Address, DataRequired, Form, Length, TickList, nonce_field, offered
from cityexchange.core.zones import zone_choices
from cityexchange.languages.choices import language_choices
from cityexchange.languages.forms import written_in_field
from cityexchange.members.imitation import readable_name
from cityexchange.organisations.labels import KINDS as ORGANISATIONS

LONGEST_SUSPENSION = 365
MOST_SEATS = 50
"""Of an organisation that is no city."""


class CityApplicationForm(HasPlace):
    nonce = nonce_field()
    name = StringField(_l("Your name"), [DataRequired(), Length(max=120), readable_name])
    job_title = StringField(_l("Your function"), [DataRequired(), Length(max=160)])
    email = EmailField(_l("Your official e-mail address"), [DataRequired(), Length(max=254), Address()])
    deputy_name = StringField(_l("Name of the deputy"), [DataRequired(), Length(max=120), readable_name])
    deputy_job_title = StringField(_l("Function of the deputy"), [DataRequired(), Length(max=160)])
    deputy_email = EmailField(
        _l("Official e-mail address of the deputy"), [DataRequired(), Length(max=254), Address()]
    )
    signatory = StringField(
        _l("Mayor, or head of the administration: name and function"), [DataRequired(), Length(max=200)]
    )
    domain = StringField(_l("E-mail domain of the city"), [Optional(), Length(max=253)])
    kind = SelectField(_l("What kind of city is it?"), [DataRequired()], choices=offered(KINDS.items()))
    kind_why = TextAreaField(_l("Why do you say so?"), [Optional(), Length(max=300)])
    working_languages = TickList(_l("Working languages"), [DataRequired()])
    why = TextAreaField(_l("What do you hope to learn or share?"), [Optional(), Length(max=1000)])
    accepts_charter = BooleanField(_l("Our city accepts the charter"), [InputRequired()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.working_languages.choices = offered(language_choices(get_locale()))

    def validate_deputy_email(self, field):
        if field.data == self.email.data:
            raise ValidationError(_l("A city needs two people: give the address of somebody else."))

    def validate_domain(self, field):
        if field.data and not can_be_owned(normal(field.data)):
            raise ValidationError(_l("This is no domain of a city. Leave it empty if the city has none."))


class AcceptForm(Form):
    reason = TextAreaField(_l("What the decision rests on"), [DataRequired(), Length(max=1000)])
    has_domain = BooleanField(_l("The e-mail domain is the city's own"))


class SuspensionForm(Form):
    days = IntegerField(_l("For how many days"), [InputRequired(), NumberRange(1, LONGEST_SUSPENSION)])
    reason = TextAreaField(_l("Reason, which those concerned will read"), [DataRequired(), Length(max=1000)])


class OrganisationForm(Form):
    nonce = nonce_field()
    name = StringField(_l("Name of the organisation"), [DataRequired(), Length(max=160)])
    kind = SelectField(
        _l("What kind of organisation is it?"), [DataRequired()], choices=offered(ORGANISATIONS.items())
    )
    country = SelectField(_l("Country"), [Optional()], default="")
    timezone = SelectField(_l("Time zone"), [DataRequired()], default="UTC")
    website = URLField(
        _l("Website"),
        [Optional(), Length(max=300), Regexp(r"https?://\S+\Z", message=_l("A link begins with https://."))],
    )
    about = TextAreaField(_l("About the organisation"), [Optional(), Length(max=2000)])
    language = written_in_field()
    most_seats = IntegerField(
        _l("How many places it has"), [InputRequired(), NumberRange(1, MOST_SEATS)], default=3
    )

    def __init__(self, obj=None, **kwargs):
        super().__init__(obj=obj, data={"language": ""} if obj else None, **kwargs)
        self.country.choices = offered(("", "–"), country_choices(str(get_locale())))
        self.timezone.choices = zone_choices(obj and obj.timezone)

    @property
    def values(self):
        """What Organisation.describe takes."""
        said = {name: (self[name].data or "").strip() for name in ("name", "website", "about")}
        kept = {name: self[name].data for name in ("kind", "timezone", "most_seats")}
        return said | kept | {"country": self.country.data or None, "language": self.language.data or None}
