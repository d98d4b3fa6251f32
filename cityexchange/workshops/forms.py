from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import URL, InputRequired, NumberRange, Optional, ValidationError

from cityexchange.cities.labels import REGIONS
from cityexchange.core import previews
from cityexchange.core.fields import (
    DataRequired,
    Form,
    Length,
    Shown,
    TickList,
    as_line,
    named_apart,
    nonce_field,
    offered,
)
from cityexchange.drafts.forms import Drafted
from cityexchange.languages.choices import language_choices
from cityexchange.workshops.form_rows import FIRST, LAST, PairForm, SessionForm
from cityexchange.workshops.labels import FIELDS, MODES, PLACES, SCOPES

UNDECIDED = ("", _l("Not decided yet"))
SPARE_ROWS = 3


class WorkshopForm(Drafted):
    """All of a workshop on one page. Only the title is needed for a draft; the checklist asks for the rest."""

    nonce = nonce_field()
    title = StringField(_l("Title"), [DataRequired(), Length(max=200)])
    language = SelectField(_l("Language of this text"))
    text = TextAreaField(_l("What it is about"), [Length(max=10000), Shown()])
    scope = SelectField(_l("Scope"), choices=offered(UNDECIDED, SCOPES.items()))
    regions = TickList(_l("Regions, for a regional workshop"), choices=offered(REGIONS.items()))
    themes = TickList(_l("Themes"), coerce=int)
    space_id = SelectField(_l("Who may see it"), coerce=int)
    objectives = FieldList(
        StringField(_l("Learning objective"), [Length(max=300)], filters=[as_line]),
        _l("Learning objectives"),
        max_entries=30,
    )
    audience = TextAreaField(FIELDS["audience"], [Length(max=2000)])
    mode = SelectField(_l("How people take part"), choices=offered(UNDECIDED, MODES.items()))
    host_city_id = SelectField(_l("Host city"), coerce=int)
    venue = StringField(FIELDS["venue"], [Length(max=300)])
    joining_link = URLField(
        _l("Joining link"),
        [Optional(), Length(max=500), URL(message=_l("Write the whole address, beginning with https://"))],
    )
    timezone = SelectField(_l("Time zone of all times below"))
    zone_is_proposed = HiddenField()
    sessions = FieldList(FormField(SessionForm), _l("Sessions"), max_entries=60)
    capacity_in_person = IntegerField(_l("Places in the room"), [Optional(), NumberRange(1, 100000)])
    capacity_online = IntegerField(_l("Places online"), [Optional(), NumberRange(1, 100000)])
    city_limit = SelectField(
        _l("Places for one city"),
        choices=offered(UNDECIDED, ("none", _l("No limit")), ("limit", _l("At most this many:"))),
    )
    max_per_city = IntegerField(_l("Most places for one city"), [Optional(), NumberRange(1, 1000)])
    registration_until = DateField(_l("Last day of registration"), [Optional()])
    working_languages = TickList(_l("Working languages"))
    has_interpretation = SelectField(
        _l("Interpretation"),
        choices=offered(UNDECIDED, ("none", _l("None")), ("pairs", _l("Between these languages:"))),
    )
    interpretation = FieldList(FormField(PairForm), _l("Interpreted languages"), max_entries=20)
    cost_statement = TextAreaField(FIELDS["cost_statement"], [Length(max=2000)])
    accessibility_note = TextAreaField(FIELDS["accessibility_note"], [Length(max=2000)])
    data_notice = TextAreaField(FIELDS["data_notice"], [Length(max=2000)])

    def offer(self, cities, zones, spaces, themes):
        """Sets the choices, as `offered` takes them; `cities` as choices that know their zone."""
        languages = language_choices(get_locale())
        self.language.choices = self.working_languages.choices = offered(languages)
        self.host_city_id.choices = [*offered((0, _("Not decided yet"))), *cities]
        self.timezone.choices = offered(zones)
        if "space_id" in self:
            self.space_id.choices = offered((0, _("Everybody: it is public once it is announced")), spaces)
        self.themes.choices = offered(themes)
        for row in self.interpretation:
            row.form.offer(languages)
        return self

    def validate_registration_until(self, field):
        if field.data and not FIRST.date() < field.data < LAST.date():
            raise ValidationError(_("Please check the year."))

    def validate_joining_link(self, field):
        # Threat: javascript: and data: are addresses too.
        if field.data and not field.data.lower().startswith(("https://", "http://")):
            raise ValidationError(_("Write the whole address, beginning with https://"))

    def validate(self, extra_validators=None):
        is_valid = super().validate(extra_validators)
        if previews.is_shown():
            return False
        return self._zone_fits() and self._limit_is_said() and is_valid

    def _zone_fits(self):
        """Times that clocks skip in this zone are refused here, by name, not by an error later."""
        zone = self.timezone.data if not self.timezone.errors else None
        answers = [row.form.exists_in(zone) for row in self.sessions]
        return all(answers)

    def _limit_is_said(self):
        if self.city_limit.data == "limit" and not self.max_per_city.data:
            self.max_per_city.errors = [_("Say how many places one city may have.")]
            return False
        return True

    def add_rows(self):
        """Empty rows at the end of each list, for pages without JavaScript."""
        for rows in (self.objectives, self.sessions, self.interpretation):
            for _row in range(min(SPARE_ROWS, rows.max_entries - len(rows))):
                rows.append_entry()
        return self


class RegistrationForm(Form):
    """`nonce` makes a form that is sent twice one registration."""

    mode = RadioField(_l("How will you take part?"), [InputRequired()])
    language = SelectField(_l("Language you will follow it in"), [InputRequired()])
    nonce = HiddenField(validators=[Optional(), Length(max=64)])

    def offer(self, workshop):
        names = dict(language_choices(get_locale()))
        self.mode.choices = offered((place, PLACES[place]) for place in workshop.places_offered)
        self.language.choices = offered((code, names.get(code, code)) for code in workshop.languages_offered)
        return self

    def say_what_is_full(self, places):
        """Where some kinds of place are left and others are not, each says what one gets."""
        words = {"in_person": _("In person: full, waiting list"), "online": _("Online: full, waiting list")}
        offers = places.workshop.places_offered
        self.mode.choices = offered(
            (place, PLACES[place] if places.left(place) else words[place]) for place in offers
        )


class ReasonForm(Form):
    """Why a workshop is postponed or cancelled: those who registered read it."""

    reason = TextAreaField(
        _l("Reason, which everybody who registered will read"), [DataRequired(), Length(max=1000)]
    )

    @classmethod
    def of(cls, verb, sent=None):
        """Several stand on one page, each with an element of its own; `sent` is the one that came back."""
        form = sent or cls(formdata=None)
        named_apart(form.reason, f"{verb}-reason")
        return form
