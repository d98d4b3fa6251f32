from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SubmitField, TextAreaField
from wtforms.validators import StopValidation

from cityexchange.core.fields import Length, Shown, nonce_field
from cityexchange.drafts.forms import Drafted
from cityexchange.visits import labels
from cityexchange.visits.forms.fields import HasLanguage, text_part
from cityexchange.visits.models import APPLICATION_PARTS, GOALS, MOTIVATION_WORDS, word_count


class RequiredToSubmit:
    """A draft may lack it."""

    field_flags = {"required": True}

    def __call__(self, form, field):
        if not (field.data or "").strip():
            raise StopValidation(None if form.is_draft else _("This is needed before you send it."))


def goal(label):
    return TextAreaField(label, [RequiredToSubmit(), Length(max=500), Shown()])


class ApplicationForm(Drafted, HasLanguage):
    """`save` keeps a draft with gaps; anything else sends it. What was sent once stays sent and complete."""

    nonce = nonce_field()
    motivation = text_part(
        labels.APPLICATION_PARTS["motivation"],
        _l("At most 300 words: the problem at home, and why this city."),
        RequiredToSubmit(),
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
    def values(self):
        """What VisitApplication.revise takes."""
        goals = [self[f"goal_{n}"].data or "" for n in range(1, GOALS + 1)]
        parts = {part: self[part].data or "" for part in APPLICATION_PARTS}
        return parts | {"goals": goals, "language": self.language.data or None}


def _typed(application):
    goals = {f"goal_{goal.position}": goal.text for goal in application.goals}
    language = {"language": application.texts[0].language} if application.texts else {}
    return goals | language | {text.part: text.text for text in application.texts}
