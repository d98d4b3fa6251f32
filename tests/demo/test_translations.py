"""What the illustrative community says outside its threads is read in Arabic, English and French, and half of it in all six languages."""

import re
from collections import defaultdict

import pytest

from cityexchange.chat.models import Room
from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.i18n import LOCALES
from cityexchange.languages.choices import base
from cityexchange.languages.models import Translation, digest
from cityexchange.languages.originals import filled_fields, translatable
from cityexchange.members.models import Member
from cityexchange.organisations.models import Organisation
from cityexchange.visits.models import StudyVisit, VisitApplication
from cityexchange.workshops.models import Workshop
from tests.demo.shown import words_on

EVERYWHERE = {"ar", "en", "fr"}
SAID_IN_FORUMS = {"Topic", "Post"}
WITH_WORDS = (
    "ApplicationText",
    "City",
    "EventSession",
    "Forum",
    "KindDeclaration",
    "LearningGoal",
    "LearningObjective",
    "Message",
    "OfferText",
    "Organisation",
    "Room",
    "Space",
    "StudyVisit",
    "VisitChange",
    "VisitSite",
    "Workshop",
)
END_OF_SENTENCE = re.compile(r"[.؟](?=\s|$)|。")
LANGUAGES = ("ar", "fr", "zh")
LISTS = ("/workshops", "/visits", "/chat", "/spaces", "/forums", "/cities", "/organisations", "/themes")
PAGES = {
    City: lambda one: f"/cities/{one.slug}",
    Organisation: lambda one: f"/organisations/{one.slug}",
    Room: lambda one: f"/chat/rooms/{one.id}",
    StudyVisit: lambda one: f"/visits/{one.id}",
    VisitApplication: lambda one: f"/applications/{one.id}",
    Workshop: lambda one: f"/workshops/{one.id}",
}


def records_of(name):
    """Those with words in them."""
    return [record for record in db.session.scalars(db.select(translatable()[name])) if filled_fields(record)]


def languages_of_fields(name):
    """{record id: {field: the languages in which its words of today are read}}"""
    known = defaultdict(set)
    for one in db.session.scalars(db.select(Translation).filter_by(record_type=name)):
        known[one.record_id, one.field, one.source_digest].add(one.language)
    return {
        record.id: {
            field: {base(record.language)} | known[record.id, field, digest(getattr(record, field))]
            for field in filled_fields(record)
        }
        for record in records_of(name)
    }


def test_no_words_are_forgotten(community):
    assert {name for name in translatable() if records_of(name)} == set(WITH_WORDS) | SAID_IN_FORUMS


@pytest.mark.parametrize("name", WITH_WORDS)
def test_everything_is_read_in_three_languages_and_half_of_it_in_six(community, name):
    found = languages_of_fields(name)
    lacking = [
        (id, field, EVERYWHERE - languages)
        for id, fields in found.items()
        for field, languages in fields.items()
        if languages < EVERYWHERE | languages
    ]
    whole = [id for id, fields in found.items() if all(set(LOCALES) <= there for there in fields.values())]

    assert lacking == []
    assert len(whole) >= len(found) / 2


def test_every_city_is_told_in_two_sentences(community):
    assert {
        city.slug: len(END_OF_SENTENCE.findall(city.about)) for city in records_of("City")
    } == dict.fromkeys(db.session.scalars(db.select(City.slug)), 2)


def reader_of(language):
    """The coordinator, who sees applications too, as somebody who reads this language alone."""
    member = db.session.scalar(db.select(Member).filter_by(email="coordinator@cityexchange.example"))
    member.locale, member.languages_read = language, [language]
    db.session.commit()
    return member


def in_other_languages(browser, language, paths):
    """{(path, words)}, of those pages that are there for this reader; of these, how many."""
    pages = {path: browser.get(path) for path in paths}
    seen = {path: words_on(page.text) for path, page in pages.items() if page.status_code == 200}
    return {(path, words) for path, said in seen.items() for code, words in said if code != language}, len(
        seen
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", PAGES)
def test_who_reads_one_language_meets_no_other_on_its_page(community, sign_in, model, language):
    paths = map(PAGES[model], db.session.scalars(db.select(model)))
    met, count = in_other_languages(sign_in(reader_of(language)), language, paths)

    assert met == set()
    assert count > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_in_a_list(community, sign_in, language):
    assert in_other_languages(sign_in(reader_of(language)), language, LISTS) == (set(), len(LISTS))
