"""Rows of the workshop form: left empty they mean nothing, begun they must be complete."""

from datetime import datetime

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, HiddenField, SelectField, StringField
from wtforms.validators import Optional

from cityexchange.core.fields import Length, Row, offered
from cityexchange.events.models import Slot
from cityexchange.events.times import NoSuchTime, first_after, instant_of, is_shown_twice

FIRST, LAST = datetime(2000, 1, 1), datetime(2100, 1, 1)
"""Times outside are slips of the keyboard; the calendars and zones of this world end somewhere."""
WALL_CLOCK = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class SessionForm(Row):
    id = HiddenField()
    title = StringField(_l("What happens"), [Length(max=200)])
    starts = DateTimeLocalField(_l("Begins"), [Optional()], format=WALL_CLOCK)
    ends = DateTimeLocalField(_l("Ends"), [Optional()], format=WALL_CLOCK)

    @property
    def is_empty(self):
        typed = [text for field in (self.starts, self.ends) for text in field.raw_data or ()]
        return not any(text.strip() for text in (self.title.data or "", *typed))

    def validate(self, extra_validators=None):
        if not super().validate(extra_validators) or self.is_empty:
            return self.is_empty
        return self._is_said_completely() and self._ends_after_it_begins()

    def _is_said_completely(self):
        for field in (self.title, self.starts, self.ends):
            if not field.data:
                field.errors = [_("A session needs a name, a beginning and an end.")]
                return False
        return self._is_of_our_time(self.starts) and self._is_of_our_time(self.ends)

    def _is_of_our_time(self, field):
        if not FIRST < field.data < LAST:
            field.errors = [_("Please check the year.")]
        return not field.errors

    def _ends_after_it_begins(self):
        if self.ends.data <= self.starts.data:
            self.ends.errors = [_("The end must be after the beginning.")]
        return not self.ends.errors

    def exists_in(self, zone):
        """False, with an error at the field, for a time that clocks skip there."""
        starts_exists, ends_exists = self._exists(self.starts, zone), self._exists(self.ends, zone)
        return starts_exists and ends_exists

    def _exists(self, field, zone):
        try:
            if field.data and zone and not field.errors:
                instant_of(field.data, zone)
        except NoSuchTime:
            field.errors = [_skipped(first_after(field.data, zone), field.data)]
            return False
        return True

    def doubled_in(self, zone):
        """The times that clocks show twice there: the first of the two is meant."""
        said = [field.data for field in (self.starts, self.ends) if field.data]
        return [wall for wall in said if is_shown_twice(wall, zone)]

    def slot(self, language):
        number = str(self.id.data or "")
        known = int(number) if number.isdecimal() and len(number) < 11 else None
        return Slot(self.title.data.strip(), self.starts.data, self.ends.data, known, language)


def _skipped(nearest, wall):
    shape = "HH:mm" if nearest.date() == wall.date() else "d MMMM y, HH:mm"
    return _(
        "Clocks are put forward that night: this time does not exist there. The nearest is %(time)s.",
        time=format_datetime(nearest, shape, rebase=False),
    )


class PairForm(Row):
    source = SelectField(_l("From"), [Optional()])
    target = SelectField(_l("Into"), [Optional()])

    def offer(self, languages):
        self.source.choices = self.target.choices = offered(("", "–"), languages)

    @property
    def pair(self):
        """[from, into], or None for an empty row."""
        return [self.source.data, self.target.data] if self.source.data and self.target.data else None

    def validate(self, extra_validators=None):
        if not super().validate(extra_validators):
            return False
        if bool(self.source.data) != bool(self.target.data) or (self.pair and self.pair[0] == self.pair[1]):
            self.target.errors = [_("Choose two different languages, or leave both empty.")]
            return False
        return True
