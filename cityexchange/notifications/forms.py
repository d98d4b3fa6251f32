from datetime import time

from flask_babel import format_time
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, SelectField

from cityexchange.core.fields import Form, Row, offered
from cityexchange.notifications.choices import change, choices_of, choose_hours, hours_of
from cityexchange.notifications.kinds import KINDS, LETTERS, WEEKLY

MAILING_WORDS = {
    "at_once": _l("At once"),
    "bundled": _l("Bundled"),
    "daily": _l("Once a day"),
    "never": _l("Never"),
}


class ChoiceRow(Row):
    is_here = BooleanField(_l("On this site"))
    mailing = SelectField(_l("By mail"), choices=offered(MAILING_WORDS.items()))


class LetterRow(Row):
    mailing = SelectField(_l("By mail"), choices=offered((WEEKLY, _l("Once a week")), ("never", _l("Never"))))


class ChoicesForm(Form):
    """A row for each kind, under its name; below, the hours."""

    begins = SelectField(_l("No mail from"), coerce=int)
    ends = SelectField(_l("until"), coerce=int)
    on_free_days = BooleanField(_l("And none on days on which nobody works in my country"))

    def __init__(self, member):
        hours = hours_of(member)
        kinds = {
            name: {"is_here": choice.is_here, "mailing": choice.mailing}
            for name, choice in choices_of(member).items()
        }
        super().__init__(
            data={name: getattr(hours, name) for name in ("begins", "ends", "on_free_days")} | kinds
        )
        self.member = member
        self.begins.choices = self.ends.choices = offered(hour_choices())

    @property
    def rows(self):
        """The part of the form for each kind."""
        return [self[name] for name in (*KINDS, *LETTERS)]

    def keep(self):
        change(self.member, {row.name: self._wanted(row.form) for row in self.rows})
        choose_hours(self.member.id, self.begins.data, self.ends.data, self.on_free_days.data)

    def _wanted(self, row):
        is_here = row.is_here.data if "is_here" in row else True
        return is_here, row.mailing.data


for _name, _kind in KINDS.items():
    setattr(ChoicesForm, _name, FormField(ChoiceRow, _kind.label))


def hour_choices():
    """Each full hour, as clocks of the reader's language show it."""
    return [(hour, format_time(time(hour), "short", rebase=False)) for hour in range(24)]
