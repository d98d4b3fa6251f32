"""What a field finds too long is looked at by nothing else: what reads sign by sign may take time with the square of their number."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import DataRequired as WrittenAtAll
from wtforms.validators import InputRequired, Optional

from cityexchange.core.fields import Length
from cityexchange.visits.forms.application import RequiredToSubmit
from tests.calls import calls_of
from tests.core.all_forms import bare, forms_of_the_application, leaves

MANY = 20_000
SHAPES = {"blanks": " ", "accents": "\u0301", "letters": "x"}
WHETHER_AT_ALL = (WrittenAtAll, InputRequired, Optional, RequiredToSubmit)
"""They look until the first sign, before it is known how many there are."""


def text_of(sign, many=MANY):
    return f"a{sign * many}b@x.example"


def bounded_fields(form):
    for field in leaves(form):
        rule = next((rule for rule in field.validators if isinstance(rule, Length) and rule.max != -1), None)
        if isinstance(field, StringField) and rule:
            yield field, rule.max


def noting(rule, seen):
    def validator(form, field):
        seen.append(rule)
        return rule(form, field)

    return validator


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", forms_of_the_application(), ids=lambda kind: kind.__name__)
def test_what_is_too_long_is_looked_at_by_its_length_alone(app, kind, shape):
    with app.test_request_context("/", method="POST"):
        form = bare(kind)
        for field, most in bounded_fields(form):
            text, seen = text_of(SHAPES[shape], max(MANY, most)), []
            field.process(MultiDict({field.name: text}))
            own = getattr(form, f"validate_{field.short_name}", None)
            field.validators = [noting(rule, seen) for rule in field.validators]

            field.validate(form, [noting(lambda _form, field, own=own: own(field), seen)] if own else ())

            assert [type(rule) for rule in seen if not isinstance(rule, WHETHER_AT_ALL)] == [Length], (
                field.name
            )
            assert len(field.errors) == 1, field.name


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", forms_of_the_application(), ids=lambda kind: kind.__name__)
def test_twice_as_much_takes_no_more_than_twice_the_work(app, kind, shape):
    with app.test_request_context("/", method="POST"):
        form = bare(kind)
        for field in leaves(form):
            if isinstance(field, StringField):
                few, many = (calls_of_field(form, field, SHAPES[shape], many) for many in (MANY // 2, MANY))
                assert many <= 2 * few + 200, field.name


def calls_of_field(form, field, sign, many):
    sent = MultiDict({field.name: text_of(sign, many)})

    def look():
        field.process(sent)
        field.validate(form, ())

    look()  # the first refusal of a process also reads its words
    return calls_of(look)
