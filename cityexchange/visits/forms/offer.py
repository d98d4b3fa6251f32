from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation

from cityexchange.core.fields import DataRequired, Form, Length, TickList, nonce_field, offered
from cityexchange.core.i18n import LOCALES
from cityexchange.drafts.forms import Drafted
from cityexchange.themes.labels import theme_label
from cityexchange.visits import labels
from cityexchange.visits.forms.fields import (
    HasLanguage,
    Lines,
    OptionalWith,
    some_languages,
    text_part,
)
from cityexchange.visits.models import OFFER_PARTS

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


class OfferForm(Drafted, HasLanguage):
    """What a host city offers. Everything but the title may wait while it is a draft."""

    nonce = nonce_field()
    title = StringField(_l("Title"), [DataRequired(), Length(max=160)])
    theme = SelectField(_l("Theme"), [Optional()])
    question = text_part(
        labels.OFFER_PARTS["question"],
        _l("What should a colleague be able to answer after the visit?"),
    )
    shown = text_part(labels.OFFER_PARTS["shown"], _l("The places, the people, the daily work."))
    failure = text_part(
        labels.OFFER_PARTS["failure"],
        _l("Visitors learn most from this. Say what you tried, and what you know now."),
    )
    sites = Lines(
        _l("Places that visitors will see"),
        description=_l("One a line, in the order of the visit."),
    )
    mode = RadioField(_l("How it takes place"), choices=offered(labels.MODES.items()), default="in_person")
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
        _l("Interpretation"), choices=offered(labels.INTERPRETATION.items()), default="none"
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
        form.theme.choices = offered(
            ("", _("Choose a theme")), ((key, theme_label(key)) for key in form.themes)
        )
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
    def values(self):
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


class ReasonForm(Form):
    reason = TextAreaField(_l("Why"), [DataRequired(), Length(max=1000)])
