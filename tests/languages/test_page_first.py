"""The language of the page comes first, then the member's languages in their order: signing in makes no page less of one's language."""

import pytest

from cityexchange.core.db import db
from cityexchange.languages.models import translate
from cityexchange.languages.reading import best_reading, reader_languages
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.languages.factories import NoteFactory
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory

OUTDATED = "outdated"
# page, languages of the settings, language of the original, {language: origin} of the translations, what is read
READINGS = [
    ("fr", ["fr", "en"], "en", {"fr": "human"}, "fr"),
    ("fr", ["en", "fr"], "en", {"fr": "human"}, "fr"),
    ("fr", ["en"], "en", {"fr": "reviewed"}, "fr"),
    ("ar", ["ar", "fr", "en"], "en", {"ar": "human", "fr": "human"}, "ar"),
    ("ar", ["ar", "fr", "en"], "en", {"fr": "human"}, "fr"),
    ("ar", ["ar", "en", "fr"], "en", {"fr": "human"}, "en"),
    ("ar", ["fr", "es"], "tr", {"es": "human", "fr": "human"}, "fr"),
    ("ar", ["es", "fr"], "tr", {"es": "human", "fr": "human"}, "es"),
    ("zh", ["en"], "en", {"fr": "human"}, "en"),
    ("zh", ["ar"], "en", {"fr": "human"}, "en"),
    ("zh", ["en"], "zh", {"en": "human"}, "zh"),
    ("ru", ["en"], "en", {"ru": "machine"}, "en"),
    ("ru", ["ar"], "en", {"ru": "machine"}, "ru"),
    ("ru", ["en"], "en", {"ru": OUTDATED}, "en"),
    ("ru", ["ar"], "en", {"ru": OUTDATED}, "ru"),
    ("es", ["en", "pt"], "tr", {"en": "machine", "pt": "human"}, "pt"),
    ("es", ["pt"], "tr", {"es": OUTDATED, "pt": "machine"}, "pt"),
    ("es", [], "en", {"es": "human"}, "es"),
    ("es", ["en"], "und", {"es": "human"}, "es"),
    ("en", ["en", "fr"], "pt-BR", {"fr": "human"}, "fr"),
    ("en", ["pt", "fr"], "pt-BR", {"fr": "human"}, "pt-BR"),
]


def written_in(language, translations):
    note = NoteFactory(text="The words.", language=language)
    for into, origin in translations.items():
        if origin == OUTDATED:
            note.write("Other words.")
        made = translate(note, "text", into, into, "human" if origin == OUTDATED else origin)
        made.source_digest = "of older words" if origin == OUTDATED else made.source_digest
    db.session.flush()
    return note


@pytest.mark.parametrize(("page", "known", "original", "translations", "read"), READINGS)
def test_the_page_then_the_order_of_the_settings(page, known, original, translations, read):
    note = written_in(original, translations)
    assert best_reading([page, *known], note).language == read


def quality(reading, page):
    """What a reader of the page's language alone would call worse is greater."""
    is_read = reading.language.split("-")[0] == page
    return (not is_read, reading.is_outdated, reading.origin == "machine") if is_read else (True,)


@pytest.mark.parametrize(("page", "known", "original", "translations", "read"), READINGS)
def test_what_a_visitor_reads_as_a_person_wrote_it_today_a_member_reads_too(
    page, known, original, translations, read
):
    note = written_in(original, translations)
    visitors, members = best_reading([page], note), best_reading([page, *known], note)
    if quality(visitors, page) == (False, False, False):
        assert members == visitors
    assert members.language.split("-")[0] in [page, *known] or members == visitors


def test_the_order_is_that_of_the_settings(app, sign_in):
    member = MemberFactory(locale="zh", languages_read=["ar", "fr", "en"])
    with app.test_request_context("/?lang=ru"):
        assert reader_languages(member) == ["ru", "ar", "fr", "en"]
        member.languages_read = ["en", "ar", "fr"]
        assert reader_languages(member) == ["ru", "en", "ar", "fr"]


# ---- on pages: who signs in reads at least what a visitor does ----


def of_workshop():
    workshop = WorkshopFactory(title="Opening hours", is_open=True)
    translate(workshop, "title", "fr", "Heures d\u2019ouverture")
    return ["/workshops", f"/workshops/{workshop.id}"], "Heures d\u2019ouverture"


def of_topic():
    topic = start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")), language="en")
    translate(topic, "title", "fr", "Par o\u00f9 commencer\u202f?")
    translate(opening(topic), "text", "fr", "Deux personnes, un bureau.")
    return ["/forums", f"/topics/{topic.id}"], "Par o\u00f9 commencer\u202f?"


def of_visit():
    visit = open_visit()
    visit.language = "en"
    translate(visit, "title", "fr", "Trois jours \u00e0 Lyon")
    return ["/visits", f"/visits/{visit.id}"], "Trois jours \u00e0 Lyon"


@pytest.mark.parametrize("make", [of_workshop, of_topic, of_visit])
def test_who_signs_in_reads_the_title_that_a_visitor_reads(sign_in, visitor, make):
    addresses, words = make()
    db.session.commit()
    claire = sign_in(MemberFactory(locale="fr", languages_read=["fr", "en"]))
    in_french = {"Accept-Language": "fr"}
    for address in addresses:
        assert words in visitor.get(address, headers=in_french).text, address
        assert words in claire.get(address).text, address


def test_a_message_is_read_in_the_language_of_the_page_though_the_reader_reads_the_original_too(sign_in):
    room = RoomFactory()
    message = room.post(MemberFactory(languages_read=["en"]), "We would like to take part as well.")
    message.correct_language("en")
    translate(message, "text", "fr", "Nous voudrions participer aussi.")
    page = sign_in(MemberFactory(locale="fr", languages_read=["fr", "en"])).get(f"/chat/rooms/{room.id}").text
    assert "Nous voudrions participer aussi." in page.split('<template data-template="message"')[0]


def test_members_of_one_page_language_and_another_order_share_no_kept_part(sign_in):
    topic = start_topic(language="tr")
    post = opening(topic)
    post.correct_language("tr")
    for language, words in (("en", "In English."), ("es", "En espa\u00f1ol.")):
        translate(post, "text", language, words)
    address = f"/topics/{topic.id}"
    english = sign_in(MemberFactory(locale="fr", languages_read=["en", "es"]))
    spanish = sign_in(MemberFactory(locale="fr", languages_read=["es", "en"]))
    for _again in range(2):
        assert "In English." in english.get(address).text
        assert "En espa\u00f1ol." in spanish.get(address).text


# ---- a translated title does not promise a translated thread ----


@pytest.mark.parametrize(
    ("translated", "mark"), [((), "Titre traduit"), ((1,), "Titre traduit"), ((1, 2), "Traduit")]
)
def test_a_list_says_whether_only_the_title_is_translated(sign_in, translated, mark):
    topic = start_topic(language="en", title="Whose desk?")
    topic.post(MemberFactory(), "Ours, and it is a small one.", language="en")
    ok = topic.post(MemberFactory(locale="ar", languages_read=["ar"]), "ok")
    topic.post(MemberFactory(), "Mine says nothing any more.", language="en").remove(MemberFactory())
    assert ok.language == "und"
    translate(topic, "title", "fr", "\u00c0 qui le bureau\u202f?")
    for post in db.session.scalars(db.select(type(ok)).filter(type(ok).position.in_(translated))):
        translate(post, "text", "fr", f"En fran\u00e7ais {post.position}.")
    db.session.flush()
    page = sign_in(MemberFactory(locale="fr", languages_read=["fr"])).get("/topics").text
    badge = page.split("\u00c0 qui le bureau")[1].split('badge badge--quiet">')[1].split("<")[0]
    assert badge.strip() == mark


def test_a_list_in_the_language_of_the_page_asks_nothing_of_translations(sign_in, count_queries):
    start_topic(language="en")
    browser = sign_in(MemberFactory(languages_read=["en", "fr"]))
    browser.get("/topics")
    with count_queries() as statements:
        browser.get("/topics")
    assert not any("FROM posts" in one and "translations" in one for one in statements)
