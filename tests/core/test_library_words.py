"""Whatever the fields and validators of WTForms that we use can say, they say in the reader's language, out of our catalogues."""

import inspect
import re

import pytest
from flask_babel import force_locale, get_translations
from wtforms import DateField, FloatField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, InputRequired, NumberRange

from cityexchange.core.fields import Form, Length, offered
from cityexchange.core.library_words import MANY, ONE
from tests.core.all_forms import bare, forms_of_the_application, leaves

LANGUAGES = ("ar", "es", "fr", "ru", "zh")
CALL = re.compile(r"\bn?gettext\(\s*((?:\"[^\"]*\"\s*,?\s*)+)")
TO_PROGRAMMERS = {"Choices cannot be None.", "Invalid field name '%s'."}
"""Of a form that is built wrongly: nobody reads them."""


def classes_in_use(app):
    with app.test_request_context("/", method="POST"):
        for kind in forms_of_the_application():
            for field in leaves(bare(kind)):
                for used in (field, *field.validators):
                    yield from type(used).__mro__


@pytest.fixture
def said(app):
    """{(singular, plural or nothing)} of all that they can say."""
    library = {kind for kind in classes_in_use(app) if kind.__module__.startswith(("wtforms", "flask_wtf"))}
    calls = [call for kind in library for call in CALL.findall(inspect.getsource(kind))]
    return {tuple(re.findall(r'"([^"]*)"', call)) for call in calls} - {(words,) for words in TO_PROGRAMMERS}


def test_all_that_the_library_can_say_stands_in_our_sources(said):
    assert len(said) > 15
    ours = {(one._args[0],) for one in ONE} | {tuple(one._args[:2]) for one in MANY}
    assert said <= ours


@pytest.mark.parametrize("locale", LANGUAGES)
def test_and_in_every_catalogue(app, said, locale):
    with app.test_request_context("/"), force_locale(locale):
        words = get_translations()
        for one, *many in said:
            numbers = (1, 2, 5, 21) if many else (None,)
            for number in numbers:
                told = words.ngettext(one, many[0], number) if many else words.gettext(one)
                assert told not in (one, *many)
                places = set(re.findall(r"%\(\w+\)\w", (many or [one])[0]))
                assert set(re.findall(r"%\(\w+\)\w", told)) == places, told


class AllForm(Form):
    text = StringField("Text", [Length(min=3)])
    again = StringField("Again", [EqualTo("text")])
    there = StringField("There", [InputRequired()])
    number = IntegerField("Number")
    low = IntegerField("Low", [NumberRange(min=5)])
    high = IntegerField("High", [NumberRange(max=5)])
    between = IntegerField("Between", [NumberRange(2, 5)])
    share = FloatField("Share")
    day = DateField("Day")
    choice = SelectField("Choice", choices=offered(("a", "A")))
    kind = SelectField("Kind", choices=offered((1, "A")), coerce=int)
    many = SelectMultipleField("Many", choices=offered(("a", "A")))
    kinds = SelectMultipleField("Kinds", choices=offered((1, "A")), coerce=int)


WRONG = {
    "text": "a", "again": "b", "number": "x", "low": "1", "high": "9", "between": "9", "share": "x", "day": "x",
    "choice": "x", "kind": "x", "many": ["x", "y"], "kinds": ["x"],
}  # fmt: skip


@pytest.mark.parametrize("locale", LANGUAGES)
def test_whoever_is_refused_reads_it(app, locale):
    def refused(locale):
        with app.test_request_context("/", method="POST", data=WRONG), force_locale(locale):
            form = AllForm()
            form.validate()
            return {field.name: list(map(str, field.errors)) for field in form}

    theirs, english = refused(locale), refused("en")
    for name, words in english.items():
        if name != "csrf_token":
            assert words and not set(words) & set(theirs[name]), name
