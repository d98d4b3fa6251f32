#!/bin/sh
# WTForms 3.3.2 keeps out of form.errors what a view adds to the rows of a FieldList after validate().
# form.errors is asked anew each time: what is added to a field of the form, or of a FormField in it, is there. Expected: the same in the
# rows of a FieldList. Seen: FieldList.errors is what validate() left, so an error added to a row is in the row's own errors and not in
# form.errors. Where the rows are plain fields it depends on another row: if one was wrong already, what is appended to the errors of any
# row arrives (the list holds the rows' own lists); if all were right it is lost. A page that asks form.errors says that all is well.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wtforms==3.3.2 werkzeug==3.1.9
"$folder/venv/bin/python" - <<'PROGRAM'
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import InputRequired

print("WTForms", wtforms.__version__)
UNKNOWN = "There is no such city."


class Stop(Form):
    city = StringField(validators=[InputRequired("Which city?")])


class Journey(Form):
    title = StringField()
    start = FormField(Stop)
    stops = FieldList(FormField(Stop), min_entries=2)
    cities = FieldList(StringField(validators=[InputRequired("Which city?")]), min_entries=2)


def journey(**typed):
    said = {"title": "A", "start-city": "B", "stops-0-city": "C", "stops-1-city": "D", "cities-0": "E", "cities-1": "F"}
    form = Journey(MultiDict(said | typed))
    return form, form.validate()


def seen(name, field, form):
    field.errors.append(UNKNOWN)
    print(f"{name}: the field says {field.errors}, the form {form.errors}")
    return form.errors


form, valid = journey()
assert valid and seen("a field", form.title, form) == {"title": [UNKNOWN]}
form, valid = journey()
assert valid and seen("a field of a form within", form.start.form.city, form) == {"start": {"city": [UNKNOWN]}}
form, valid = journey()
assert valid and seen("a row that is a form", form.stops[0].form.city, form) == {} and form.stops[0].errors == {"city": [UNKNOWN]}
form, valid = journey(**{"stops-1-city": ""})
assert not valid and seen("the same beside a wrong row", form.stops[0].form.city, form) == {"stops": [{}, {"city": ["Which city?"]}]}
form, valid = journey()
assert valid and seen("a row that is a field", form.cities[0], form) == {}
form, valid = journey(**{"cities-1": ""})
assert not valid and seen("the same beside a wrong row", form.cities[0], form) == {"cities": [[UNKNOWN], ["Which city?"]]}
PROGRAM
echo "As described."
