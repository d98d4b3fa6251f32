"""Seventy small questions are no seventy fields: they are read from `now-<theme>` and `target-<theme>`."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import SubmitField
from wtforms.validators import InputRequired

from cityexchange.cities.assessments import LEVELS
from cityexchange.core.fields import Form, row_number

STATED = {str(level): level for level in LEVELS}


class AssessmentForm(Form):
    version = row_number(InputRequired())
    save = SubmitField(_l("Save and go on later"))
    look = SubmitField(_l("Save and see what will be public"))

    def levels(self, themes):
        """{key of a theme: (now, target)} as sent in; whatever is no level is not said."""
        return {key: (self._level("now", key), self._level("target", key)) for key in themes}

    def _level(self, when, key):
        return STATED.get(request.form.get(f"{when}-{key}", ""))


class PublishForm(Form):
    version = row_number(InputRequired())
