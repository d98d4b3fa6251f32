"""The people of a city or an organisation: their places, and who is offered one."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from cityexchange.cities.domains import city_of_address
from cityexchange.core.db import utcnow
from cityexchange.core.fields import Address, DataRequired, Form, Length, nonce_field, offered
from cityexchange.core.files.encodings import Decoded
from cityexchange.core.files.words import ENCODINGS
from cityexchange.core.i18n import LOCALE_CHOICES
from cityexchange.core.policy import can
from cityexchange.members.imitation import imitates, readable_name
from cityexchange.members.labels import CATEGORIES, SEAT_ROLES
from cityexchange.members.models import GUESTS
from cityexchange.members.seats import seat_of_address
from cityexchange.membership.bulk import LONGEST_TABLE
from cityexchange.membership.models import verified_domains
from cityexchange.organisations.models import Organisation

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

    nonce = nonce_field()
    name = StringField(_l("Name"), [DataRequired(), Length(max=120), readable_name])
    job_title = StringField(_l("Function"), [DataRequired(), Length(max=160)])
    email = EmailField(_l("Official e-mail address"), [DataRequired(), Length(max=254), Address()])
    locale = SelectField(_l("Language of the mail"), [DataRequired()], choices=offered(LOCALE_CHOICES))
    note = TextAreaField(_l("A word to them"), [Optional(), Length(max=1000)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, data={"locale": str(get_locale())}, **kwargs)

    def told(self):
        said = {name: (self[name].data or "").strip() for name in ("name", "job_title", "email", "note")}
        return said | {"locale": self.locale.data}

    def is_fit_for(self, city, member):
        return self.is_of(city, member) and self.has_own_name(city, member)

    def has_own_name(self, city, member):
        """Threat: a place is offered under a name that others would take for somebody else's; then the team looks who it is."""
        if can(member, "decide", city) or not imitates(self.told()["name"], None):
            return True
        self.name.errors = [
            _("This name looks like that of another member. Ask the coordination team to invite this person.")
        ]
        return False

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


class BulkForm(Form):
    """A table of people, as a file or as text; looked at first, and sent when it is sent again with `send`."""

    nonce = nonce_field()
    file = FileField(_l("Table (CSV)"))
    encoding = SelectField(
        _l("Encoding of the file, where it is not UTF-8"),
        choices=offered(("", _l("Found out from its words")), ENCODINGS.items()),
        default="",
    )
    table = TextAreaField(_l("Or paste the lines here"), [Optional(), Length(max=LONGEST_TABLE)])
    locale = SelectField(
        _l("Language of the mail, where the table says none"), choices=offered(LOCALE_CHOICES)
    )
    note = TextAreaField(_l("A word to them"), [Optional(), Length(max=1000)])
    check = SubmitField(_l("Look at every line first"))
    send = SubmitField(_l("Invite them"))
    said: Decoded | None = None

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
