"""Templates are written for people, and sent to browsers."""

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, UndefinedError

from cityexchange.core import templates

pytestmark = pytest.mark.no_app

PAGE = """\
<ul>
    {% if topics %}
      {% for topic in topics %}
        <li>
            {{ topic }}
            <b>new</b>
        </li>
      {% endfor %}
    {% endif %}
</ul>
"""


def environment(**pages):
    made = Environment(loader=DictLoader({name.replace("_", "."): text for name, text in pages.items()}))
    made.add_extension("jinja2.ext.i18n")
    made.install_null_translations(newstyle=True)
    templates.init_app(SimpleNamespace(jinja_env=made, url_for=None))
    return made


def test_of_the_indentation_of_a_page_one_space_is_sent():
    drawn = environment(page_html=PAGE).get_template("page.html").render(topics=["a", "b"])
    assert drawn == "<ul>\n <li>\n a\n <b>new</b>\n </li>\n <li>\n b\n <b>new</b>\n </li>\n</ul>"


def test_the_lines_of_a_letter_stay_as_they_are_written():
    letter = environment(letter_txt="Dear {{ name }},\n\n    a line\n").get_template("letter.txt")
    assert letter.render(name="Ana") == "Dear Ana,\n\n    a line"


def test_a_sentence_over_several_lines_is_one_sentence():
    page = "{% trans %}\n  Ask a question,\n  and cities answer.\n{% endtrans %}{{ _('So ' 'do they.') }}"
    assert environment(page_html=page).get_template("page.html").render() == (
        "Ask a question, and cities answer.So do they."
    )


def test_a_name_that_nobody_gave_is_an_error():
    with pytest.raises(UndefinedError):
        environment(page_html="{% if is_bookmarked %}x{% endif %}").get_template("page.html").render()
