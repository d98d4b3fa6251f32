from types import SimpleNamespace
from zoneinfo import available_timezones

from babel.dates import get_timezone_location
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, EqualTo, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from cityexchange.core.fields import Form, offered
from cityexchange.core.i18n import LOCALES
from cityexchange.languages.choices import language_choices


class SignInForm(Form):
    email = StringField(_l("E-mail address"), [DataRequired(), Length(max=254)])
    password = PasswordField(_l("Password"), [DataRequired(), Length(max=200)])


def new_password(label):
    return PasswordField(label, [DataRequired(), Length(min=10, max=200)])


def same_password():
    same = EqualTo("password", _l("The two passwords are not the same."))
    return PasswordField(_l("The same password again"), [DataRequired(), same])


class JoinForm(Form):
    name = StringField(_l("Your name"), [DataRequired(), Length(max=120)])
    email = EmailField(_l("Official e-mail address"), [DataRequired(), Email(), Length(max=254)])
    job_title = StringField(_l("Your function"), [DataRequired(), Length(max=160)])
    city_name = StringField(_l("Your city"), [DataRequired(), Length(max=120)])
    why = TextAreaField(_l("What do you hope to learn or share?"), [Optional(), Length(max=1000)])
    password = new_password(_l("Password"))
    again = same_password()


class CodeForm(Form):
    code = StringField(
        _l("Six-digit code"),
        [DataRequired(), Regexp(r"^\s*\d{6}\s*$", message=_l("The code has six digits."))],
    )


class DeclineForm(Form):
    reason = TextAreaField(_l("Reason, which the person will read"), [DataRequired(), Length(max=1000)])


class SettingsForm(Form):
    name = StringField(_l("Your name"), [DataRequired(), Length(max=120)])
    job_title = StringField(_l("Your function"), [Optional(), Length(max=160)])
    locale = SelectField(_l("Language of the pages"), [DataRequired()], choices=offered(LOCALES.items()))
    languages_read = SelectMultipleField(
        _l("Languages you read"),
        [DataRequired()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    timezone = SelectField(_l("Time zone"), [DataRequired()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages_read.choices = offered(language_choices(get_locale()))
        self.timezone.choices = zone_choices()


class PasswordForm(Form):
    current = PasswordField(_l("Current password"), [DataRequired(), Length(max=200)])
    password = new_password(_l("New password"))
    again = same_password()


def zone_choices():
    """IANA zones of places, each with the place's name in the reader's language."""
    places = (zone for zone in sorted(available_timezones()) if "/" in zone and not zone.startswith("Etc/"))
    locale = get_locale()
    return offered(("UTC", "UTC"), ((zone, _place(zone, locale)) for zone in places))


def _place(zone, locale):
    continent = zone.split("/")[0]
    # Babel asks for nothing but the name, yet would read each zone's file and keep it: 4 MB.
    place = get_timezone_location(SimpleNamespace(zone=zone), locale=locale, return_city=True)
    return f"{continent} – {place}"
