"""Parts of pages, rendered once for an equal context."""

import pytest
from flask import render_template_string
from flask_babel import force_locale
from jinja2 import DictLoader
from markupsafe import Markup

from cityexchange.core.pages import (
    Memory,
    cached_fragment,
    fill,
    fragment_renderer,
    of_version,
    parts,
    placeholder,
)
from tests.factories import MemberFactory

PART = "{% trans %}Forums{% endtrans %} {{ name }} {{ at | local_time if at }}"


@pytest.fixture
def part(app, monkeypatch):
    """A template of its own for the part, and an empty memory."""
    parts.texts.clear()
    environment = app.jinja_env.overlay(loader=DictLoader({"part.html": PART}), cache_size=0)
    monkeypatch.setattr(app, "jinja_env", environment)
    with app.test_request_context("/"):
        yield "part.html"


def test_an_equal_context_is_rendered_once(part):
    render = fragment_renderer(part)

    first, again, other = (
        render(name="Lyon", at=None),
        render(name="Lyon", at=None),
        render(name="Sfax", at=None),
    )

    assert first == again and len(parts.texts) == 2
    assert "Lyon" in first and "Sfax" in other


def test_another_language_is_another_part(part):
    english = cached_fragment(part, name="Lyon", at=None)
    with force_locale("ru"):
        russian = cached_fragment(part, name="Lyon", at=None)

    assert "Forums" in english and "Forums" not in russian


def test_what_is_put_in_is_escaped(part):
    assert "<b>" not in cached_fragment(part, name="<b>", at=None)
    assert "<b>" not in fill(Markup(placeholder("token")), token="<b>")
    assert (
        fill(Markup(f"a {placeholder('token')} b {placeholder('nonce')}"), token="1", nonce="2") == "a 1 b 2"
    )


def test_memory_forgets_what_was_not_asked_for_the_longest():
    memory = Memory(most=10)
    memory.keep("a", b"12345")
    memory.keep("b", b"12345")
    memory.recall("a")

    memory.keep("c", b"12345")

    assert memory.recall("b") is None
    assert memory.recall("a") and memory.recall("c")
    assert memory.size == 10


def test_a_text_kept_again_counts_once():
    memory = Memory(most=100)
    for text in (b"long text", b"text"):
        memory.keep("a", text)

    assert memory.size == 4


def test_sentences_of_a_page_are_markup_and_what_stands_in_them_is_not(app):
    with app.test_request_context("/"):
        said = render_template_string(
            "{% trans name='<i>' %}Hello {{ name }}, 100%{% endtrans %} {{ _('50%% of') }}"
        )

    assert said == "Hello &lt;i&gt;, 100% 50% of"


def test_a_forced_language_ends_where_it_ends(app):
    with app.test_request_context("/"):
        words = []
        for language in ("fr", "ar"):
            with force_locale(language):
                words.append(render_template_string("{{ _('Settings') }}"))
        words.append(render_template_string("{{ _('Settings') }}"))

    assert len(set(words)) == 3 and words[2] == "Settings"


def test_two_members_one_after_the_other_are_shown_their_own_menu(sign_in):
    menus = [sign_in(MemberFactory(name=name)).get("/forums").text for name in ("Ana Example", "Ben Example")]

    assert "Ana Example" in menus[0] and "Ben Example" not in menus[0]
    assert "Ben Example" in menus[1] and "Ana Example" not in menus[1]


def test_a_part_is_made_again_for_another_version_and_another_language(part):
    def of(version):
        return of_version(("a part", version), part, lambda: {"name": version, "at": None})

    first, again, later = of(1), of(1), of(2)
    with force_locale("ar"):
        in_arabic = of(1)

    assert first == again and len(parts.texts) == 3
    assert "Forums 1" in first and "Forums 2" in later and "Forums" not in in_arabic


def test_a_part_without_a_version_is_not_kept(part):
    assert "Lyon" in of_version(None, part, lambda: {"name": "Lyon", "at": None})
    assert not parts.texts


def test_a_part_that_shows_more_than_its_key_says_is_an_error_in_tests(part):
    of_version("a part", part, lambda: {"name": "Lyon", "at": None})

    with pytest.raises(AssertionError, match="out of date"):
        of_version("a part", part, lambda: {"name": "Sfax", "at": None})
