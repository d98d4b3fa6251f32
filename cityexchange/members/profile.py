"""What a member says of themselves, as one form."""

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, FieldList, FormField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from cityexchange.core.db import db
from cityexchange.core.fields import DataRequired, Form, Length, Row, TickList, offered
from cityexchange.core.i18n import LOCALE_CHOICES
from cityexchange.core.prepared import prepared
from cityexchange.core.zones import zone_choices
from cityexchange.languages.choices import language_choices
from cityexchange.members.imitation import imitates, readable_name
from cityexchange.members.labels import LANGUAGE_LEVELS
from cityexchange.members.models import Member
from cityexchange.themes.labels import theme_label
from cityexchange.themes.models import Theme

PLAIN = ("name", "address_as", "job_title", "asks_line", "locale", "timezone")
BLANK_LINES = 2
MOST_LANGUAGES = 12
MOVE, WAYS = "move", {"up": -1, "down": 1}
MOST_THEMES = 7
"""Who can be asked about everything is asked about nothing."""


class LanguageLine(Row):
    code = SelectField(_l("Language"), [Optional()])
    level = SelectField(_l("How well"), [Optional()], choices=offered(("", "–"), LANGUAGE_LEVELS.items()))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.code.choices = offered(("", "–"), language_choices(get_locale()))

    def trade_with(self, other):
        for mine, theirs in ((self.code, other.code), (self.level, other.level)):
            mine.data, theirs.data = theirs.data, mine.data


class SettingsForm(Form):
    name = StringField(_l("Your name"), [DataRequired(), Length(max=120), readable_name])
    address_as = StringField(_l("How to address you"), [Optional(), Length(max=80), readable_name])
    job_title = StringField(_l("Your function"), [Optional(), Length(max=160)])
    asks_line = StringField(_l("Ask me about"), [Optional(), Length(max=300)])
    ask_themes = TickList(_l("Themes you can be asked about"))
    is_unlisted = BooleanField(_l("Leave me out of lists of people"))
    locale = SelectField(_l("Language of the pages"), [DataRequired()], choices=offered(LOCALE_CHOICES))
    languages = FieldList(FormField(LanguageLine), _l("Languages you know"), max_entries=MOST_LANGUAGES)
    timezone = SelectField(_l("Time zone"), [DataRequired()])
    moved: int | None = None
    """The line that a language has just been moved to."""

    def __init__(self, member: Member):
        known = [{"code": code, "level": level} for code, level in member.languages.items()]
        blank = [{}] * min(BLANK_LINES, MOST_LANGUAGES - len(known))
        chosen = [theme.key for theme in member.ask_themes]
        plain = {name: getattr(member, name) for name in (*PLAIN, "is_unlisted")}
        super().__init__(data=plain | {"languages": known + blank, "ask_themes": chosen})
        self.member, self.themes = member, {theme.key: theme for theme in db.session.scalars(_themes())}
        self.ask_themes.choices = offered((key, theme_label(key)) for key in self.themes)
        self.timezone.choices = zone_choices(member.timezone, member.city and member.city.timezone)

    def validate_name(self, field):
        """Whoever keeps a name keeps it."""
        if self.changes_name and imitates(field.data, self.member.id):
            raise ValidationError(
                _("This name looks like that of another member. Please write it otherwise.")
            )

    def validate_ask_themes(self, field):
        if len(field.data) > MOST_THEMES:
            raise ValidationError(_("Please choose at most %(count)s themes.", count=MOST_THEMES))

    def validate_languages(self, field):
        if not self.levels:
            raise ValidationError(_("Name at least one language that you read."))

    def move_language(self):
        """Whether the form was sent by a button that moves a line (`move`: "2-up"); it comes back in the new order, and nothing is kept."""
        number, _dash, way = request.form.get(MOVE, "").partition("-")
        lines = [line.form for line in self.languages]
        if not number.isdecimal() or len(number) > 2 or way not in WAYS:
            return False
        here, there = int(number), int(number) + WAYS[way]
        if 0 <= here < len(lines) and 0 <= there < len(lines):
            self.moved = there
            lines[here].trade_with(lines[there])
        return True

    @property
    def changes_name(self):
        return (self.name.data or "").strip() != self.member.name

    @property
    def levels(self):
        """{language: level}; one that is named twice counts as it was named last, one without a level is not known."""
        lines = (line.form for line in self.languages)
        return {line.code.data: line.level.data for line in lines if line.code.data and line.level.data}

    def apply(self):
        for name in PLAIN:
            setattr(self.member, name, (self[name].data or "").strip())
        self.member.is_unlisted = self.is_unlisted.data
        self.member.languages = self.levels
        self.member.ask_themes = [self.themes[key] for key in self.ask_themes.data]


@prepared
def _themes():
    return select(Theme).order_by(Theme.position)
