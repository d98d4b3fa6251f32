import pytest
from sqlalchemy import select, update

from cityexchange.core import text as core_text
from cityexchange.core.db import db
from cityexchange.core.text import RENDER_VERSION
from cityexchange.languages.choices import UNDETERMINED
from cityexchange.languages.detection import detect
from cityexchange.languages.models import Translation, correct, translate
from cityexchange.languages.rerendering import rerender, written_models
from tests.factories import CityFactory, MemberFactory
from tests.languages.factories import NoteFactory
from tests.languages.notes import Note


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nous avons la même question à Lyon.", "fr"),
        ("We have opened a housing desk for newcomers.", "en"),
        ("مرحبا بكم في مدينتنا، كيف نقيس الأثر؟", "ar"),
        ("¿Cómo miden ustedes el acceso a la vivienda?", "es"),
        ("Мы открыли центр для новых жителей.", "ru"),
        ("我们为新居民开设了服务中心。", "zh"),
        ("Como vocês acolhem os recém-chegados?", "pt"),
        ("Yeni gelenler için bir merkez açtık.", "tr"),
    ],
)
def test_the_words_tell_the_language(text, language):
    assert detect(text, ["en" if language != "en" else "fr"]) == language


@pytest.mark.parametrize("text", ["ok", "merci", "Lyon, Tunis"])
def test_a_text_too_short_to_tell_is_in_its_writers_language(text):
    assert detect(text, ["fr", "ar"]) == "fr"


@pytest.mark.parametrize(
    "text", ["ok", "merci", "Lyon, Tunis", "12:30", "https://www.lyon.example/fr", "@nour #lyon", "", "👍"]
)
def test_but_in_none_that_is_not_written_so(text):
    assert detect(text, ["ar"]) == UNDETERMINED


def test_code_and_addresses_do_not_count_as_words():
    assert (
        detect("Nous avons ouvert un guichet. https://example.org/the-new-housing-desk-of-our-city", ["en"])
        == "fr"
    )


def test_writing_renders_and_detects():
    note = Note()
    note.write("Nous avons **ouvert** un guichet.")
    assert (note.language, note.is_language_stated, note.render_version) == ("fr", False, RENDER_VERSION)
    assert "<strong>ouvert</strong>" in note.html


def test_a_stated_language_is_believed():
    note = Note()
    note.write("Merci beaucoup pour votre réponse.", language="en")
    assert (note.language, note.is_language_stated) == ("en", True)


def test_a_corrected_language_survives_the_next_edit():
    note = Note()
    note.write("Nous avons ouvert un guichet.")
    note.correct_language("ca")
    note.write("Nous avons ouvert deux guichets.")
    assert note.language == "ca"


def test_an_unstated_language_follows_the_next_edit():
    note = Note()
    note.write("Nous avons ouvert un guichet.")
    note.write("We have opened a desk for newcomers.")
    assert note.language == "en"


def test_correcting_a_record_states_its_language():
    note = NoteFactory()
    correct(note, "es")
    assert (note.language, note.is_language_stated) == ("es", True)


def test_writing_with_mentions_does_not_flush_what_is_half_made():
    MemberFactory(handle="nour")
    note = Note()  # no space yet: a flush would fail
    db.session.add(note)
    note.write("Merci @nour")
    assert 'class="mention"' in note.html
    db.session.expunge(note)


def test_an_excerpt_is_the_words():
    assert NoteFactory(text="**Un** guichet à Lyon").excerpt(12) == "Un guichet…"


def test_what_no_database_holds_is_left_out():
    note = NoteFactory(text="a\x00b\ud800c", title="x")
    db.session.expire_all()
    assert note.text == "abc"


# ---- translations ----


def test_a_translation_is_written_once_and_then_replaced():
    note = NoteFactory()
    first = translate(note, "text", "en", "We have opened a desk.", "machine")
    again = translate(note, "text", "en", "We have opened **one** desk.", "reviewed", MemberFactory())
    assert (again.id, again.origin, "<strong>" in again.html) == (first.id, "reviewed", True)


def test_a_text_is_not_translated_into_its_own_language():
    with pytest.raises(ValueError, match="own language"):
        translate(NoteFactory(language="pt-BR"), "text", "pt", "x", "human")


def test_a_translation_knows_that_the_original_changed():
    note = NoteFactory()
    translation = translate(note, "text", "en", "We have opened a desk.", "human")
    assert translation.is_of(note.text)
    note.write("Nous avons fermé le guichet.")
    assert not translation.is_of(note.text)


def test_with_a_record_go_its_translations_and_no_others():
    note, other = NoteFactory(), NoteFactory()
    for one in (note, other):
        translate(one, "text", "en", "A desk.", "human")
    db.session.delete(note)
    db.session.flush()
    assert db.session.scalars(select(Translation.record_id)).all() == [other.id]


def test_no_number_is_given_twice():
    """Or a new record would inherit what was said about a deleted one."""
    note = NoteFactory()
    number = note.id
    db.session.execute(Note.__table__.delete())
    db.session.expunge_all()
    assert NoteFactory().id > number


# ---- rendering again ----


def age(note, html="<p>old</p>"):
    db.session.flush()
    db.session.execute(
        update(Note).where(Note.id == note.id).values(render_version=0, html=html, updated_at=note.updated_at)
    )
    db.session.commit()


def test_old_html_is_made_again_and_nobody_notices_a_change(app):
    old, new = NoteFactory(text="**a**"), NoteFactory(text="b")
    age(old)
    before = old.updated_at, new.html
    result = app.test_cli_runner().invoke(args=["text", "rerender"])
    db.session.expire_all()

    assert "test_notes: 1\n" in result.output
    assert ("<strong>a</strong>" in old.html, old.render_version) == (True, RENDER_VERSION)
    assert (old.updated_at, new.html) == before


def test_a_stopped_run_goes_on_where_it_was():
    notes = [NoteFactory(text=f"n{number}") for number in range(5)]
    for note in notes:
        age(note)
    run = rerender(Note, batch=2)
    assert next(run) == 2
    run.close()
    assert list(rerender(Note, batch=2)) == [2, 1]
    db.session.expire_all()
    assert [note.html for note in notes] == [core_text.render(f"n{number}") for number in range(5)]


def test_every_model_that_is_written_is_rendered_again():
    assert {Note, Translation} <= set(written_models())


def test_a_city_named_after_writing_is_linked_by_rendering_again(app):
    note = NoteFactory(text="See #sfax")
    age(note, note.html)
    CityFactory(slug="sfax", name="Sfax")
    db.session.commit()
    app.test_cli_runner().invoke(args=["text", "rerender"])
    db.session.expire_all()
    assert 'href="/cities/sfax"' in note.html
