import pytest
from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.core.policy import is_visible, visible_to
from cityexchange.core.text import heavy
from cityexchange.languages.models import Translation, translate
from cityexchange.languages.reading import best_reading, best_readings, read_ahead, reader_languages
from cityexchange.members.models import Visitor
from cityexchange.spaces.models import CONFIDENTIALITY
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.languages.factories import NoteFactory


def shown(languages, note, field="text"):
    reading = best_reading(languages, note, field)
    return reading.language, reading.text, reading.is_translation


def test_who_reads_the_original_first_gets_it():
    note = NoteFactory()
    translate(note, "text", "en", "A desk.", "human")
    assert shown(["fr", "en"], note) == ("fr", note.text, False)


def test_who_does_not_gets_a_translation_and_the_original_beside_it():
    note = NoteFactory()
    translate(note, "text", "en", "A *desk*.", "machine")
    reading = best_reading(["ar", "en"], note)
    assert (reading.text, reading.origin, reading.is_translation) == ("A *desk*.", "machine", True)
    assert "<em>desk</em>" in reading.html
    assert (reading.original_text, reading.original_html, reading.original_language) == (
        note.text,
        note.html,
        "fr",
    )


def test_without_a_translation_the_original_stands():
    assert shown(["ar"], NoteFactory())[2] is False


def test_a_translation_into_a_language_nobody_asked_for_is_not_shown():
    note = NoteFactory()
    translate(note, "text", "es", "Una ventanilla.", "human")
    assert shown(["ar"], note) == ("fr", note.text, False)


def test_the_language_read_best_comes_first():
    note = NoteFactory()
    for language in ("es", "en", "ar"):
        translate(note, "text", language, language, "human")
    assert shown(["ar", "en", "es"], note)[0] == "ar"


def test_what_a_person_wrote_comes_before_a_machine():
    note = NoteFactory()
    translate(note, "text", "ar", "machine", "machine")
    translate(note, "text", "en", "person", "human")
    assert shown(["ar", "en"], note)[1] == "person"


def test_what_is_current_comes_before_what_is_outdated():
    note = NoteFactory()
    translate(note, "text", "ar", "old", "human")
    note.write("Nous avons fermé le guichet.")
    translate(note, "text", "en", "new", "machine")
    assert shown(["ar", "en"], note)[1] == "new"


def test_an_outdated_translation_says_so():
    note = NoteFactory()
    translate(note, "text", "en", "A desk.", "human")
    assert not best_reading(["en"], note).is_outdated
    note.write("Nous avons fermé le guichet.")
    assert best_reading(["en"], note).is_outdated


def test_a_regional_language_is_its_language():
    note = NoteFactory()
    translate(note, "text", "pt-BR", "Um balcão.", "human")
    assert shown(["pt"], note)[0] == "pt-BR"


def test_a_title_is_read_like_a_text_but_has_no_html():
    note = NoteFactory()
    translate(note, "title", "en", "One-stop shop", "human")
    reading = best_reading(["en"], note, "title")
    assert (reading.text, reading.html, reading.original_text) == ("One-stop shop", None, "Guichet unique")


def test_ten_records_cost_one_query(count_queries):
    notes = [NoteFactory() for _ in range(10)]
    for note in notes:
        translate(note, "text", "en", f"Desk {note.id}", "human")
    [(note.id, note.language) for note in notes]
    with count_queries() as statements:
        [note.text for note in notes]
        before = len(statements)
        readings = best_readings(["en"], notes, ("title", "text"))
    assert len(statements) - before == 1
    assert [readings["Note", note.id, "text"].text for note in notes] == [f"Desk {note.id}" for note in notes]


def test_a_page_in_the_readers_language_costs_none(count_queries):
    notes = [NoteFactory() for _ in range(10)]
    with count_queries() as statements:
        [note.text for note in notes]
        before = len(statements)
        best_readings(["fr"], notes)
    assert len(statements) == before


def test_the_reader_reads_the_language_of_the_page_first(app):
    member = MemberFactory(locale="ar", languages_read=["fr", "ar", "en"])
    db.session.commit()
    with app.test_request_context("/?lang=es"):
        from flask_login import login_user

        login_user(member)
        assert reader_languages() == ["es", "fr", "ar", "en"]


def test_a_visitor_reads_the_language_of_the_page(app):
    with app.test_request_context(headers={"Accept-Language": "ru"}):
        assert reader_languages() == ["ru"]


# ---- the visibility of a translation is that of its original ----


def readers(space):
    insider = MemberFactory()
    space.admit(insider)
    return {
        "visitor": Visitor(),
        "without a city": MemberFactory(city=None),
        "of a city that applied": MemberFactory(city=CityFactory(state="applied")),
        "official": MemberFactory(),
        "insider": insider,
        **{
            role: MemberFactory(city=None, team_role=role) for role in ("facilitator", "coordinator", "admin")
        },
    }


@pytest.mark.parametrize("confidentiality", CONFIDENTIALITY)
@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_translation_is_seen_exactly_where_its_original_is(confidentiality, is_withdrawn):
    space = SpaceFactory(confidentiality=confidentiality)
    note = NoteFactory(space_id=space.id)
    elsewhere = NoteFactory(space_id=SpaceFactory(confidentiality="group").id)
    translation = translate(note, "text", "en", "A desk.", "human")
    hidden = translate(elsewhere, "text", "en", "A secret desk.", "human")
    note.is_withdrawn = is_withdrawn
    db.session.flush()

    sight = {name: is_visible(reader, translation) for name, reader in readers(space).items()}
    assert sight == {name: is_visible(reader, note) for name, reader in readers(space).items()}
    assert not any(is_visible(reader, hidden) for reader in readers(space).values())
    assert any(sight.values()) is not is_withdrawn


def test_a_translation_of_nothing_is_nobodys():
    orphan = Translation(
        record_type="Gone", record_id=1, field="text", language="en", origin="human", source_digest="x"
    )
    orphan.write("A desk.")
    db.session.add(orphan)
    db.session.flush()
    assert db.session.scalars(visible_to(MemberFactory(team_role="admin"), Translation)).all() == []
    assert db.session.scalar(select(Translation.id)) == orphan.id


def test_what_was_read_ahead_is_at_hand_and_no_heavy_text_takes_it_along(app, count_queries):
    note = NoteFactory()
    with app.test_request_context():
        read_ahead([note], ("text",))
        heavy.leave()
        with count_queries() as statements:
            db.session.refresh(note)
            before = len(statements)
            assert best_reading(reader_languages(), note).text == note.text
        assert len(statements) == before
