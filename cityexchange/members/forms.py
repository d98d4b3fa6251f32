from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import EqualTo, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from cityexchange.cities.domains import city_of_address
from cityexchange.cities.labels import country_name
from cityexchange.core.fields import Address, DataRequired, Form, Length, nonce_field, offered
from cityexchange.members.imitation import readable_name


class SignInForm(Form):
    email = StringField(_l("E-mail address"), [DataRequired(), Length(max=254)])
    password = PasswordField(_l("Password"), [DataRequired(), Length(max=200)])


def new_password(label):
    return PasswordField(label, [DataRequired(), Length(min=10, max=200)])


def same_password():
    same = EqualTo("password", _l("The two passwords are not the same."))
    return PasswordField(_l("The same password again"), [DataRequired(), same])


class JoinForm(Form):
    nonce = nonce_field()
    name = StringField(_l("Your name"), [DataRequired(), Length(max=120), readable_name])
    email = EmailField(_l("Official e-mail address"), [DataRequired(), Length(max=254), Address()])
    job_title = StringField(_l("Your function"), [DataRequired(), Length(max=160)])
    city_name = StringField(_l("Your city"), [Length(max=120)])
    why = TextAreaField(_l("What do you hope to learn or share?"), [Optional(), Length(max=1000)])
    password = new_password(_l("Password"))
    again = same_password()

    def validate_city_name(self, field):
        """May stay empty where the address says which city it is."""
        if not (field.data or "").strip() and not city_of_address(self.email.data or ""):
            raise ValidationError(_l("Say which city you work for."))


class CodeForm(Form):
    code = StringField(
        _l("Six-digit code"),
        [DataRequired(), Regexp(r"^\s*(?:\d\s*){6}$", message=_l("The code has six digits."))],
    )
    many_ask = ""
    """In place of what pages say of the mail, where one code was mailed for all who ask (members/codes.py)."""

    def ask_for_twelve(self):
        self.many_ask = _l(
            "Many ask for codes just now. Type the twelve digits of the newest mail, also if it came before."
        )
        self.code.label.text = _l("Twelve-digit code")
        twelve = Regexp(r"^\s*(?:\d\s*){12}$", message=_l("The code has twelve digits."))
        self.code.validators = [DataRequired(), twelve]


class AddressForm(Form):
    email = EmailField(_l("E-mail address"), [DataRequired(), Length(max=254), Address()])


class NewPasswordForm(CodeForm):
    password = new_password(_l("New password"))
    again = same_password()


class SecondStepForm(Form):
    code = StringField(_l("Code of your application, or a recovery code"), [Optional(), Length(max=40)])
    answer = StringField(validators=[Optional()], widget=HiddenInput())


class AuthenticatorForm(CodeForm):
    pass


class PasskeyForm(Form):
    name = StringField(_l("A name for this device or key"), [DataRequired(), Length(max=80)])
    answer = StringField(validators=[DataRequired()], widget=HiddenInput())


class SureForm(Form):
    what = StringField(validators=[DataRequired()], widget=HiddenInput())
    proof = PasswordField(
        _l("Your password, or a code of your application"), [DataRequired(), Length(max=200)]
    )


class NewAddressForm(Form):
    email = EmailField(_l("New e-mail address"), [DataRequired(), Length(max=254), Address()])
    proof = PasswordField(
        _l("Your password, or a code of your application"), [DataRequired(), Length(max=200)]
    )


class LeavingForm(Form):
    proof = PasswordField(
        _l("Your password, or a code of your application"), [DataRequired(), Length(max=200)]
    )


class FactorResetForm(Form):
    reason = TextAreaField(_l("How you made sure who asks"), [DataRequired(), Length(max=1000)])


class DeclineForm(Form):
    reason = TextAreaField(_l("Reason, which the person will read"), [DataRequired(), Length(max=1000)])


class NamedCityForm(Form):
    """A list, for cities share names."""

    city = SelectField(_l("Which city is it?"), [DataRequired()], coerce=int)

    def __init__(self, cities, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = (
            (city.id, f"{city.called} ({country_name(city.country)})", {"translate": "no"}) for city in cities
        )
        self.city.choices = offered((0, "–"), named)


class PasswordForm(Form):
    current = PasswordField(_l("Current password"), [DataRequired(), Length(max=200)])
    password = new_password(_l("New password"))
    again = same_password()
