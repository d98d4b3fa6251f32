from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import Optional, ValidationError

from cityexchange.core.fields import DataRequired, Form, Length
from cityexchange.identity.models import ROLES

MOST_VALUES = 20


class ReturnForm(Form):
    code = HiddenField(validators=[DataRequired(), Length(max=4000)])
    state = HiddenField(validators=[DataRequired(), Length(max=400)])
    iss = HiddenField(validators=[Length(max=400)])


class ProviderForm(Form):
    issuer = StringField(_l("Address of the provider (issuer)"), [DataRequired(), Length(max=300)])
    client_id = StringField(_l("Client ID"), [DataRequired(), Length(max=255)])
    secret = PasswordField(_l("Client secret"), [Optional(), Length(max=500)])
    role_claim = StringField(_l("Claim that tells the role"), [Length(max=60)])
    member_values = StringField(_l("Its values for officials"), [Optional(), Length(max=500)])
    elected_member_values = StringField(_l("Its values for elected members"), [Optional(), Length(max=500)])
    is_offered = BooleanField(_l("Offer it on the page of signing in"))
    is_required = BooleanField(_l("People of the city sign in only this way"))

    @classmethod
    def of(cls, provider):
        """Filled with what is set up; the secret is never shown again."""
        said = {
            name: getattr(provider, name)
            for name in ("issuer", "client_id", "role_claim", "is_offered", "is_required")
        }
        for role in ROLES:
            values = [value for value, given in (provider.role_values or {}).items() if given == role]
            said[f"{role}_values"] = ", ".join(values)
        return cls(data=said)

    @property
    def role_values(self):
        """{value: role}; a value that stands in both fields is an elected member's."""
        return {value: role for role in reversed(ROLES) for value in words(self[f"{role}_values"].data)}

    def validate_issuer(self, field):
        if not field.data.strip().startswith(("https://", "http://")):
            raise ValidationError(_l("Begin with https://, exactly as the provider writes it."))

    def validate_role_claim(self, field):
        if not field.data and self.role_values:
            raise ValidationError(_l("Name the claim in which these values stand."))


def words(text):
    return [word for part in (text or "").split(",") if (word := part.strip())][:MOST_VALUES]
