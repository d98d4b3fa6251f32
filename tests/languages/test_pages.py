import pytest
from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.languages.models import Translation, translate
from tests.factories import MemberFactory, SpaceFactory
from tests.languages.factories import NoteFactory


@pytest.fixture
def note():
    return NoteFactory(author_id=MemberFactory().id)


@pytest.fixture
def claire():
    return MemberFactory(languages_read=["fr", "en"])


def translations():
    return [
        (one.field, one.language, one.text, one.origin) for one in db.session.scalars(select(Translation))
    ]


def test_a_colleague_translates_a_text(sign_in, claire, note):
    browser = sign_in(claire)
    assert "Nous avons ouvert" in browser.get(f"/translations/Note/{note.id}").text
    answer = browser.post(
        f"/translations/Note/{note.id}",
        data={"language": "en", "title": "One-stop shop", "text": "We have **opened** a desk."},
    )
    assert answer.status_code == 303
    assert translations() == [
        ("title", "en", "One-stop shop", "human"),
        ("text", "en", "We have **opened** a desk.", "human"),
    ]


def test_she_comes_back_to_where_she_was(sign_in, claire, note):
    address = f"/translations/Note/{note.id}?next="
    form = {"language": "en", "text": "A desk."}
    assert sign_in(claire).post(f"{address}/topics/1", data=form).location == "/topics/1"
    assert "evil" not in sign_in(claire).post(f"{address}//evil.example", data=form).location


@pytest.mark.parametrize(
    "form",
    [
        {"language": "fr", "text": "Un guichet"},
        {"language": "en", "text": " "},
        {"language": "xx", "text": "Keep me"},
        {"language": "en", "text": "> [](https://keep.example)"},
        {},
    ],
)
def test_what_cannot_be_taken_is_given_back(sign_in, claire, note, form):
    answer = sign_in(claire).post(f"/translations/Note/{note.id}", data=form)
    assert answer.status_code == 422
    assert form.get("text", "").strip().replace(">", "&gt;") in answer.text
    assert translations() == []


def test_a_machines_text_that_a_person_mends_is_reviewed(sign_in, claire, note):
    translate(note, "text", "en", "We has opened a desk.", "machine")
    browser = sign_in(claire)
    assert "We has opened" in browser.get(f"/translations/Note/{note.id}?language=en").text
    browser.post(f"/translations/Note/{note.id}", data={"language": "en", "text": "We have opened a desk."})
    assert translations() == [("text", "en", "We have opened a desk.", "reviewed")]


def test_a_colleagues_translation_is_theirs(sign_in, claire, note):
    translate(note, "text", "en", "Mine.", "human", MemberFactory())
    answer = sign_in(claire).post(f"/translations/Note/{note.id}", data={"language": "en", "text": "Spoilt."})
    assert (answer.status_code, translations()[0][2]) == (403, "Mine.")


def test_a_refused_field_takes_the_others_back_with_it(sign_in, claire, note):
    translate(note, "text", "en", "Mine.", "human", MemberFactory())
    form = {"language": "en", "title": "Spoilt", "text": "Spoilt."}
    assert sign_in(claire).post(f"/translations/Note/{note.id}", data=form).status_code == 403
    assert [one[2] for one in translations()] == ["Mine."]


def test_when_the_original_has_changed_anybody_may_bring_it_up_to_date(sign_in, claire, note):
    translate(note, "text", "en", "Old.", "human", MemberFactory())
    note.write("Nous avons fermé le guichet.")
    answer = sign_in(claire).post(f"/translations/Note/{note.id}", data={"language": "en", "text": "New."})
    assert (answer.status_code, translations()[0][2]) == (303, "New.")


def test_what_is_hidden_cannot_be_translated_nor_read_here(sign_in, claire):
    hidden = NoteFactory(space_id=SpaceFactory(confidentiality="group").id)
    translate(hidden, "text", "en", "A secret desk.", "human")
    browser = sign_in(claire)
    assert browser.get(f"/translations/Note/{hidden.id}").status_code == 404
    form = {"language": "es", "text": "x"}
    assert browser.post(f"/translations/Note/{hidden.id}", data=form).status_code == 404
    assert (
        browser.post(f"/translations/Note/{hidden.id}/language", data={"language": "es"}).status_code == 404
    )
    assert [one[1] for one in translations()] == ["en"]


@pytest.mark.parametrize("record_type", ["Member", "Translation", "note", "SignInSession", "Nothing"])
def test_only_texts_can_be_translated(sign_in, claire, record_type):
    assert sign_in(claire).get(f"/translations/{record_type}/{claire.id}").status_code == 404


def test_a_visitor_is_asked_to_sign_in(visitor):
    public = NoteFactory(space_id=SpaceFactory(confidentiality="public").id)
    db.session.commit()
    assert visitor.get(f"/translations/Note/{public.id}").status_code == 302
    assert (
        visitor.post(f"/translations/Note/{public.id}", data={"language": "en", "text": "x"}).status_code
        == 401
    )
    assert translations() == []


def test_the_author_corrects_the_language(sign_in, claire):
    note = NoteFactory(author_id=claire.id)
    answer = sign_in(claire).post(f"/translations/Note/{note.id}/language", data={"language": "ca"})
    assert (answer.status_code, note.language, note.is_language_stated) == (303, "ca", True)


def test_nobody_else_corrects_the_language(sign_in, claire, note):
    answer = sign_in(claire).post(f"/translations/Note/{note.id}/language", data={"language": "ca"})
    assert (answer.status_code, note.language) == (403, "fr")


def test_an_unknown_language_is_refused(sign_in, claire):
    note = NoteFactory(author_id=claire.id)
    answer = sign_in(claire).post(f"/translations/Note/{note.id}/language", data={"language": "<x>"})
    assert (answer.status_code, note.language) == (422, "fr")


def test_a_script_in_a_translation_is_only_words(sign_in, claire, note):
    browser = sign_in(claire)
    form = {"language": "en", "title": "<script>alert(1)</script>", "text": "<script>alert(2)</script>"}
    browser.post(f"/translations/Note/{note.id}", data=form)
    page = browser.get(f"/translations/Note/{note.id}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_link_beside_a_text_leads_here_and_back(app):
    with app.test_request_context("/topics/7?page=2"):
        template = app.jinja_env.from_string(
            '{% from "languages/links.html" import translate_link %}{{ translate_link("Post", 3) }}'
        )
        assert "/translations/Post/3?next=/topics/7?page%3D2" in template.render()
