"""The macros that draw every form: what a screen reader hears, and what a browser sends back."""

import re

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.widgets import CheckboxInput, ListWidget

from cityexchange.cities import paving
from cityexchange.core import assets, i18n, previews
from cityexchange.core.fields import offered
from cityexchange.core.problems import problems
from cityexchange.members import initials

pytestmark = pytest.mark.no_app


class Reply(Form):
    title = StringField("Title", [validators.InputRequired("Please give a title.")])
    note = StringField("Note")
    text = TextAreaField("Text", [validators.InputRequired(), validators.Length(max=100)])
    mode = RadioField(
        "How", [validators.InputRequired("Please choose.")], choices=offered(("p", "There"), ("o", "Online"))
    )
    languages = SelectMultipleField(
        "Languages", choices=offered(("fr", "Français")), widget=ListWidget(), option_widget=CheckboxInput()
    )
    agree = BooleanField("I agree", [validators.InputRequired("Please agree.")])


@pytest.fixture
def draw():
    app = Flask("cityexchange", template_folder="../templates", static_folder=None)
    Babel(app)
    app.jinja_env.globals.update(csrf_token=lambda: "token", problems=problems)
    for part in (assets, initials, paving, previews):
        part.init_app(app)
    app.jinja_env.filters.update(local_time=i18n.local_time, local_date=i18n.local_date)

    def draw(source, **context):
        with app.test_request_context():
            return render_template_string(source, **context)

    return draw


@pytest.fixture
def wrong():
    form = Reply(MultiDict({"text": 'half a "reply"'}))
    assert not form.validate()
    return form


FIELD = '{% from "ui/forms.html" import field, error_summary, submit %}'


def test_a_wrong_field_names_its_error_and_its_help_to_a_screen_reader(draw, wrong):
    html = draw(FIELD + '{{ field(form.title, help="Short") }}', form=wrong)
    assert 'aria-describedby="title-help title-error"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'id="title-error".*Please give a title\.', html, re.DOTALL)
    assert 'id="title-help"' in html


def test_a_right_field_is_not_called_wrong(draw, wrong):
    html = draw(FIELD + "{{ field(form.note) }}", form=wrong)
    assert "aria-invalid" not in html and "aria-describedby" not in html
    assert "(optional)" in html


def test_what_was_typed_is_kept_and_escaped(draw, wrong):
    assert "half a &#34;reply&#34;" in draw(FIELD + "{{ field(form.text) }}", form=wrong)


def test_texts_of_people_choose_their_own_direction(draw, wrong):
    for name in ("title", "text"):
        assert 'dir="auto"' in draw(FIELD + "{{ field(form[name]) }}", form=wrong, name=name)


@pytest.mark.parametrize("name", ["mode", "languages"])
def test_choices_stand_in_a_named_group_with_a_label_each(draw, wrong, name):
    html = draw(FIELD + "{{ field(form[name]) }}", form=wrong, name=name)
    assert "<fieldset" in html and "<legend" in html
    assert html.count("<label for=") == html.count("<input") >= 1


def test_a_tick_box_is_followed_by_its_label_and_error(draw, wrong):
    html = draw(FIELD + "{{ field(form.agree) }}", form=wrong)
    assert html.index("<input") < html.index('<label for="agree"') < html.index("Please agree.")


def test_the_summary_leads_to_every_wrong_field(draw, wrong):
    html = draw(FIELD + "{{ error_summary(form) }}", form=wrong)
    assert re.findall(r'href="#(\w+)"', html) == ["title", "mode", "agree"]
    assert 'role="alert"' in html


def test_a_good_form_has_no_summary(draw):
    assert draw(FIELD + "{{ error_summary(form) }}", form=Reply()).strip() == ""


def test_a_form_with_one_button_carries_its_token_and_asks_first(draw):
    html = draw(
        '{% from "ui/buttons.html" import post_button %}{{ post_button("/topics/7/close", "Close", confirm="Close \\"it\\"?") }}'
    )
    assert 'method="post" action="/topics/7/close"' in html
    assert 'name="csrf_token" value="token"' in html
    assert 'data-question="Close &#34;it&#34;?"' in html


def test_a_translated_text_says_so_and_keeps_the_original_near(draw):
    reading = {"html": "<p>Hello</p>", "language": "en", "is_translation": True, "origin": "machine"}
    reading |= {"original_html": "<p>مرحبا</p>", "original_language": "ar"}
    html = draw('{% from "ui/written.html" import written %}{{ written(reading) }}', reading=reading)
    assert "Translated by a machine" in html
    assert re.search(r"<details.*Show the original.*lang=\"ar\" dir=\"auto\">\s*<p>مرحبا", html, re.DOTALL)


def test_names_are_isolated_and_escaped(draw):
    someone = {"id": 1, "name": "نور <b>", "city": {"called": "صفاقس", "paving": 7}}
    html = draw('{% from "ui/people.html" import person %}{{ person(someone) }}', someone=someone)
    assert '<bdi class="person__name">نور &lt;b&gt;</bdi>' in html
    assert '<bdi class="person__city">صفاقس</bdi>' in html


@pytest.mark.parametrize(("page", "shown"), [(1, [1, 2, 9]), (5, [1, 4, 5, 6, 9]), (9, [1, 8, 9])])
def test_page_numbers_show_the_ends_and_the_neighbours(draw, page, shown):
    source = '{% from "ui/page.html" import pagination %}{{ pagination(page, 9, address) }}'
    html = draw(source, page=page, address=lambda number: f"?page={number}")
    assert [int(n) for n in re.findall(r'aria-label="Page (\d+)"', html)] == shown
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_page_numbers(draw):
    assert draw('{% from "ui/page.html" import pagination %}{{ pagination(1, 1, none) }}').strip() == ""
