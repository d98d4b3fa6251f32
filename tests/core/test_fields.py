import pytest
from flask_babel import force_locale
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from cityexchange.core.fields import Form, Length
from cityexchange.core.problems import problems
from tests.core.all_forms import bare, forms_of_the_application, leaves


class NameForm(Form):
    name = StringField("Name", [InputRequired()])


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "This field is required."), ("fr", "Ce champ est requis."), ("ru", "Обязательное поле.")],
)
def test_what_the_library_refuses_it_says_in_the_readers_language(app, locale, words):
    with app.test_request_context("/", method="POST"), force_locale(locale):
        form = NameForm()
        form.validate()

    assert form.name.errors == [words]


class TextForm(Form):
    text = TextAreaField("Text", [Length(max=10)])
    trimmed = TextAreaField("Text", [Length(max=10)], filters=[lambda text: text.strip() if text else text])


def too_much_of(app, name, text, locale="en"):
    """What is said of a text, sent as browsers send it."""
    data = {name: text.replace("\n", "\r\n")}
    with app.test_request_context("/", method="POST", data=data), force_locale(locale):
        form = TextForm()
        form.validate()
        return form[name].errors


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("text", "x" * 10, 0),
        ("text", "x" * 11, 1),
        ("text", "😀" * 11, 1),
        ("text", "\n" * 10, 0),
        ("text", "x\n" * 6, 2),
        ("text", "x" + " " * 11, 2),
        ("trimmed", " " * 12 + "x" * 10, 0),
        ("trimmed", "x" * 10 + "\n" * 5, 0),
        ("trimmed", "قراءة وكتابة", 2),
    ],
)
def test_too_much_is_counted_in_characters_and_a_lines_end_is_one(app, name, text, count):
    said = {0: [], 1: ["1 character too many: at most 10 fit in here."]}
    assert list(too_much_of(app, name, text)) == said.get(
        count, [f"{count} characters too many: at most 10 fit in here."]
    )


@pytest.mark.parametrize("locale", ["ar", "en", "es", "fr", "ru", "zh"])
def test_how_much_is_too_much_is_said_in_the_readers_language(app, locale):
    (said,) = too_much_of(app, "text", "x" * 1214, locale)
    assert locale == "en" or "too many" not in said
    assert any(number in said for number in ("1,204", "1.204", "1204", "1\u202f204", "1\xa0204", "١٬٢٠٤")), (
        said
    )


def test_no_field_lets_the_browser_cut_off_what_is_pasted(app):
    with app.test_request_context("/"):
        form = TextForm()
        assert "maxlength" not in form.text() and 'data-most="10"' in form.text()
        assert "data-trimmed" in form.trimmed() and "data-trimmed" not in form.text()


@pytest.mark.parametrize("kind", forms_of_the_application(), ids=lambda kind: kind.__name__)
def test_each_error_of_a_form_and_of_its_rows_stands_in_its_summary(app, kind):
    with app.test_request_context("/"):
        form = bare(kind)
        fields = leaves(form)
        for number, field in enumerate(fields):
            field.errors = [f"Sentence {number}."]
        found = {problem.text: problem for problem in problems(form)}
        for number, field in enumerate(fields):
            problem = found.pop(f"Sentence {number}.")
            is_hidden = getattr(field.widget, "input_type", "") == "hidden"
            assert problem.target == (None if is_hidden else field.id)
            assert problem.label or is_hidden
        assert not found
