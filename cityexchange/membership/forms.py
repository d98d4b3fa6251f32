from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    URLField,
)
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from cityexchange.cities.domains import can_be_owned, city_of_address, normal
from cityexchange.cities.forms.place import HasPlace
from cityexchange.cities.labels import KINDS, country_choices
from cityexchange.core.db import utcnow
from cityexchange.core.fields import Form, TickList, offered
from cityexchange.core.i18n import LOCALES
from cityexchange.core.policy import can
from cityexchange.core.zones import zone_choices
from cityexchange.languages.choices import language_choices
from cityexchange.languages.forms import written_in_field
from cityexchange.members.imitation import readable_name
from cityexchange.members.labels import CATEGORIES, SEAT_ROLES
from cityexchange.members.models import GUESTS
from cityexchange.members.seats import seat_of_address
from cityexchange.membership.bulk import LONGEST_TABLE
from cityexchange.membership.models import verified_domains
from cityexchange.organisations.labels import KINDS as ORGANISATIONS
from cityexchange.organisations.models import Organisation

LONGEST_SUSPENSION = 365
MOST_SEATS = 50
"""Of an organisation that is no city."""


class CityApplicationForm(HasPlace):
    name = StringField(_l("Your name"), [DataRequired(), Length(max=120), readable_name])
    job_title = StringField(_l("Your function"), [DataRequired(), Length(max=160)])
    email = EmailField(_l("Your official e-mail address"), [DataRequired(), Email(), Length(max=254)])
    deputy_name = StringField(_l("Name of the deputy"), [DataRequired(), Length(max=120), readable_name])
    deputy_job_title = StringField(_l("Function of the deputy"), [DataRequired(), Length(max=160)])
    deputy_email = EmailField(
        _l("Official e-mail address of the deputy"), [DataRequired(), Email(), Length(max=254)]
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
        if (field.data or "").strip().lower() == (self.email.data or "").strip().lower():
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


BY_THE_CITY = ("member", "elected_member", "city_deputy")
"""Roles that a city gives by itself; its focal points change by hand-over, or with the coordination team."""


class SeatForm(Form):
    role = SelectField(_l("Role"), [DataRequired()])
    until = DateField(_l("Until, the first day without the place"), [Optional()])
    speaks_officially = BooleanField(_l("May speak officially for the city"))
    category = SelectField(
        _l("Counted in reports as"), [Optional()], choices=offered(("", ""), CATEGORIES.items())
    )

    def validate_until(self, field):
        if field.data and field.data < utcnow().date():
            raise ValidationError(_l("This day has passed."))

    def offer_roles_of(self, seat):
        roles = dict.fromkeys((seat.role, *BY_THE_CITY)) if seat.city_id else (seat.role,)
        self.role.choices = offered((role, SEAT_ROLES[role]) for role in roles)


class PersonForm(Form):
    """Somebody who is offered a place."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=120), readable_name])
    job_title = StringField(_l("Function"), [DataRequired(), Length(max=160)])
    email = EmailField(_l("Official e-mail address"), [DataRequired(), Email(), Length(max=254)])
    locale = SelectField(_l("Language of the mail"), [DataRequired()], choices=offered(LOCALES.items()))
    note = TextAreaField(_l("A word to them"), [Optional(), Length(max=1000)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, data={"locale": str(get_locale())}, **kwargs)

    def told(self):
        said = {name: (self[name].data or "").strip() for name in ("name", "job_title", "email", "note")}
        return said | {"email": said["email"].lower(), "locale": self.locale.data}

    def is_of(self, city, member):
        """Others than the city's own addresses are for the coordination team to judge (K10)."""
        if can(member, "decide", city) or not verified_domains(city):
            return True
        if city_of_address(self.email.data) == city:
            return True
        self.email.errors = [
            _("This is no address of your city. Ask the coordination team to invite this person.")
        ]
        return False


class OrganisationForm(Form):
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
        self.timezone.choices = zone_choices()

    @property
    def values(self):
        """What Organisation.describe takes."""
        said = {name: (self[name].data or "").strip() for name in ("name", "website", "about")}
        kept = {name: self[name].data for name in ("kind", "timezone", "most_seats")}
        return said | kept | {"country": self.country.data or None, "language": self.language.data or None}


class BulkForm(Form):
    """A table of people, as a file or as text; looked at first, and sent when it is sent again with `send`."""

    file = FileField(_l("Table (CSV)"))
    table = TextAreaField(_l("Or paste the lines here"), [Optional(), Length(max=LONGEST_TABLE)])
    locale = SelectField(
        _l("Language of the mail, where the table says none"), choices=offered(LOCALES.items())
    )
    note = TextAreaField(_l("A word to them"), [Optional(), Length(max=1000)])
    check = SubmitField(_l("Look at every line first"))
    send = SubmitField(_l("Invite them"))

    def __init__(self, **kwargs):
        super().__init__(data={"locale": str(get_locale())}, **kwargs)


class HandOverForm(PersonForm):
    def is_another(self, holder):
        if self.told()["email"] != holder.email:
            return True
        self.email.errors = [_("This is the address of who has the place today. Give that of the successor.")]
        return False


class InvitationForm(PersonForm):
    role = SelectField(_l("Role"), [DataRequired()])
    category = SelectField(
        _l("Counted in reports as"),
        [DataRequired()],
        choices=offered(CATEGORIES.items()),
        default="civil_society",
    )

    def offer_roles(self, place, is_team):
        roles = (
            GUESTS
            if isinstance(place, Organisation)
            else (*BY_THE_CITY, *(("city_focal_point",) if is_team else ()))
        )
        self.role.choices = offered((role, SEAT_ROLES[role]) for role in roles)
        if not isinstance(place, Organisation):
            del self.category

    def is_new_to(self, place, by):
        """Neither oneself nor who is there already; the coordination team may make a focal point of a colleague.

        Threat: whether an address has a place elsewhere is nobody's business here. The mail tells its owner what would end.
        """
        address = self.told()["email"]
        seat = seat_of_address(address)
        if address == by.email:
            self.email.errors = [_("This is your own address. Give that of somebody else.")]
            return False
        is_there = seat is not None and seat.place == place
        if is_there and (self.role.data == seat.role or self.role.data != "city_focal_point"):
            self.email.errors = [_("This person has a place here already. You can change it at the desk.")]
            return False
        return True
