from datetime import timedelta

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from cityexchange.core.i18n import LOCALES
from cityexchange.languages.choices import language_choices
from cityexchange.themes.labels import theme_label
from cityexchange.visits import labels
from cityexchange.visits.models import APPLICATION_PARTS, GOALS, MOTIVATION_WORDS, OFFER_PARTS, word_count

LONG = 4000
SITES = 12
SUGGESTED_WEIGHTS = {"goals": 30, "power_to_act": 25, "balance": 20, "follow_up": 25}
"""practice.md 3.1, phase 5."""

PLAIN = (
    "title",
    "mode",
    "starts_on",
    "ends_on",
    "group_min",
    "group_max",
    "per_city",
    "closes_on",
    "sites",
) + (
    "working_languages",
    "interpretation",
    "interpretation_languages",
)


def text_part(label, help_text, *validators, rows=4):
    return TextAreaField(
        label, [*validators, Length(max=LONG)], description=help_text, render_kw={"rows": rows}
    )


def some_languages(codes):
    return [choice for choice in language_choices(get_locale()) if choice[0] in codes]


class TickList(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Lines(TextAreaField):
    """One entry a line; the data is the list of entries."""

    def _value(self):
        return "\n".join(self.data or [])

    def process_formdata(self, valuelist):
        lines = valuelist[0].splitlines() if valuelist else []
        self.data = [line.strip() for line in lines if line.strip()]


class OptionalWith(Optional):
    """May be left empty together with another field, not alone."""

    def __init__(self, other):
        super().__init__()
        self.other = other

    def __call__(self, form, field):
        if form[self.other].data and not field.data:
            field.errors = []
            raise StopValidation(_("Give the first and the last day, or neither yet."))
        super().__call__(form, field)


class HasLanguage(FlaskForm):
    language = SelectField(
        _l("Language of your text"), [Optional()], description=_l("We find it out unless you tell us.")
    )

    def offer_languages(self):
        self.language.choices = [("", _("Find out from the text")), *language_choices(get_locale())]


class OfferForm(HasLanguage):
    """What a host city offers. Everything but the title may wait while it is a draft."""

    title = StringField(_l("Title"), [DataRequired(), Length(max=160)])
    theme = SelectField(_l("Theme"), [Optional()])
    question = text_part(
        labels.OFFER_PARTS["question"],
        _l("What should a colleague be able to answer after the visit?"),
        rows=2,
    )
    shown = text_part(labels.OFFER_PARTS["shown"], _l("The places, the people, the daily work."))
    failure = text_part(
        labels.OFFER_PARTS["failure"],
        _l("Visitors learn most from this. Say what you tried, and what you know now."),
    )
    sites = Lines(
        _l("Places that visitors will see"),
        description=_l("One a line, in the order of the visit."),
        render_kw={"rows": 4},
    )
    mode = RadioField(_l("How it takes place"), choices=list(labels.MODES.items()), default="in_person")
    starts_on = DateField(_l("First day"), [OptionalWith("ends_on")])
    ends_on = DateField(
        _l("Last day"), [OptionalWith("starts_on")], description=_l("A visit takes two to four days.")
    )
    group_min = IntegerField(
        _l("At least so many visitors"), [InputRequired(), NumberRange(5, 12)], default=5
    )
    group_max = IntegerField(
        _l("At most so many visitors"), [InputRequired(), NumberRange(5, 12)], default=10
    )
    per_city = IntegerField(
        _l("At most so many from one city"), [InputRequired(), NumberRange(1, 2)], default=2
    )
    working_languages = TickList(_l("Working languages"))
    interpretation = RadioField(
        _l("Interpretation"), choices=list(labels.INTERPRETATION.items()), default="none"
    )
    interpretation_languages = TickList(_l("Interpretation into"))
    cost = text_part(
        labels.OFFER_PARTS["cost"],
        _l("Travel, hotel, meals, insurance, visa fee, interpretation: say for each who pays."),
    )
    access = text_part(
        labels.OFFER_PARTS["access"],
        _l("Steps, lifts, distances on foot, quiet rooms, what you can arrange."),
    )
    safety = text_part(labels.OFFER_PARTS["safety"], _l("What visitors should know, and whom they call."))
    reception = text_part(
        labels.OFFER_PARTS["reception"],
        _l("By role: mayor, head of department, team of the service."),
        rows=2,
    )
    closes_on = DateField(
        _l("Last day of the call"),
        [Optional()],
        description=_l("It ends at 23:59 in your city. A call is open for at least four weeks."),
    )
    weight_goals = IntegerField(labels.CRITERIA["goals"], [InputRequired(), NumberRange(0, 100)])
    weight_power_to_act = IntegerField(
        labels.CRITERIA["power_to_act"], [InputRequired(), NumberRange(0, 100)]
    )
    weight_balance = IntegerField(labels.CRITERIA["balance"], [InputRequired(), NumberRange(0, 100)])
    weight_follow_up = IntegerField(labels.CRITERIA["follow_up"], [InputRequired(), NumberRange(0, 100)])

    @classmethod
    def of(cls, visit, themes):
        """The form filled with an offer, to be assigned one of `themes`."""
        form = cls(data=_offered(visit))
        form.themes = {theme.key: theme for theme in themes}
        form.theme.choices = [("", _("Choose a theme")), *((key, theme_label(key)) for key in form.themes)]
        codes = {*LOCALES, *visit.host_city.working_languages, *visit.working_languages}
        codes |= set(visit.interpretation_languages)
        form.offer_languages()
        form.working_languages.choices = form.interpretation_languages.choices = some_languages(codes)
        return form

    def validate_ends_on(self, field):
        if (
            field.data
            and self.starts_on.data
            and not 1 <= (field.data - self.starts_on.data) / timedelta(days=1) <= 3
        ):
            raise StopValidation(_("The last day is one to three days after the first."))

    def validate_group_max(self, field):
        if field.data is not None and field.data < (self.group_min.data or 0):
            raise StopValidation(_("This is less than the smallest group."))

    def validate_closes_on(self, field):
        if field.data and self.starts_on.data and field.data >= self.starts_on.data:
            raise StopValidation(_("The call must close before the visit begins."))

    def validate_weight_follow_up(self, field):
        if sum(self.weights.values()) != 100:
            raise StopValidation(_("The four weights must sum to 100."))

    def validate_sites(self, field):
        if len(field.data) > SITES or any(len(site) > 160 for site in field.data):
            raise StopValidation(_("At most twelve places, each in at most 160 characters."))

    @property
    def weights(self):
        return {key: self[f"weight_{key}"].data or 0 for key in SUGGESTED_WEIGHTS}

    @property
    def facts(self):
        """What StudyVisit.revise takes."""
        parts = {part: self[part].data or "" for part in OFFER_PARTS}
        return {name: self[name].data for name in PLAIN} | {
            "criteria": self.weights,
            "theme": self.themes.get(self.theme.data),
            "language": self.language.data or None,
            "texts": parts,
        }


def _offered(visit):
    weights = visit.criteria or SUGGESTED_WEIGHTS
    return (
        {name: getattr(visit, name) for name in PLAIN if name not in ("closes_on", "sites")}
        | {f"weight_{key}": weight for key, weight in weights.items()}
        | {text.part: text.text for text in visit.texts}
        | {"theme": visit.theme.key if visit.theme else "", "closes_on": visit.last_day_of_call}
        | {"sites": [site.name for site in visit.sites], "language": visit.language or ""}
    )


class ReasonForm(FlaskForm):
    reason = TextAreaField(_l("Why"), [DataRequired(), Length(max=1000)], render_kw={"rows": 4})


class RequiredToSubmit:
    """A draft may lack it."""

    field_flags = {"required": True}

    def __call__(self, form, field):
        if not (field.data or "").strip():
            raise StopValidation(None if form.is_draft else _("This is needed before you send it."))


def goal(label):
    return TextAreaField(label, [RequiredToSubmit(), Length(max=500)], render_kw={"rows": 2})


class ApplicationForm(HasLanguage):
    """`save` keeps a draft with gaps; anything else sends it. What was sent once stays sent and complete."""

    motivation = text_part(
        labels.APPLICATION_PARTS["motivation"],
        _l("At most 300 words: the problem at home, and why this city."),
        RequiredToSubmit(),
        rows=8,
    )
    goal_1 = goal(_l("First: after the visit I will be able to ..."))
    goal_2 = goal(_l("Second: after the visit I will be able to ..."))
    goal_3 = goal(_l("Third: after the visit I will be able to ..."))
    power_to_act = text_part(
        labels.APPLICATION_PARTS["power_to_act"],
        _l("What you decide yourself, and who stands behind you."),
        RequiredToSubmit(),
    )
    gives_back = text_part(
        labels.APPLICATION_PARTS["gives_back"],
        _l("Experience, a contact, a text: visits work both ways."),
        RequiredToSubmit(),
    )
    travellers = text_part(
        labels.APPLICATION_PARTS["travellers"],
        _l(
            "One or two people, by role and language; at least one who does the daily work. No health data here."
        ),
        RequiredToSubmit(),
        rows=3,
    )
    save = SubmitField(_l("Save the draft"))
    is_sent = False

    @classmethod
    def of(cls, application):
        """The form filled with an application; `application` is None before the first draft."""
        form = cls(data=_typed(application) if application else {})
        form.is_sent = bool(application and application.submitted_at)
        form.offer_languages()
        return form

    @property
    def is_draft(self):
        return self.save.data and not self.is_sent

    def validate_motivation(self, field):
        if (words := word_count(field.data or "")) > MOTIVATION_WORDS:
            raise StopValidation(
                _("You have %(words)s words. Please keep to %(most)s.", words=words, most=MOTIVATION_WORDS)
            )

    @property
    def facts(self):
        """What VisitApplication.revise takes."""
        goals = [self[f"goal_{n}"].data or "" for n in range(1, GOALS + 1)]
        parts = {part: self[part].data or "" for part in APPLICATION_PARTS}
        return parts | {"goals": goals, "language": self.language.data or None}


def _typed(application):
    goals = {f"goal_{goal.position}": goal.text for goal in application.goals}
    language = {"language": application.texts[0].language} if application.texts else {}
    return goals | language | {text.part: text.text for text in application.texts}
