import pytest
from flask_babel import force_locale
from wtforms import StringField
from wtforms.validators import InputRequired

from cityexchange.core.fields import Form


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
