"""What the illustrative community says outside its threads is read in Arabic, English and French, and half of it in all six languages."""

from collections import defaultdict

import pytest

from cityexchange.core.db import db
from cityexchange.core.i18n import LOCALES
from cityexchange.languages.choices import base
from cityexchange.languages.models import Translation, digest
from cityexchange.languages.originals import filled_fields, translatable
from cityexchange.members.models import Member
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
    for city in records_of("City"):
        assert len([one for one in city.about.replace("。", ". ").split(". ") if one.strip(" .")]) == 2, (
            city.slug
        )


PAGES = {
    "City": lambda one: f"/cities/{one.slug}",
    "Organisation": lambda one: f"/organisations/{one.slug}",
    "Room": lambda one: f"/chat/rooms/{one.id}",
    "StudyVisit": lambda one: f"/visits/{one.id}",
    "Workshop": lambda one: f"/workshops/{one.id}",
}


@pytest.mark.parametrize("language", ["ar", "fr", "zh"])
@pytest.mark.parametrize("name", PAGES)
def test_who_reads_one_language_meets_no_other_on_its_page(community, sign_in, name, language):
    claire = db.session.scalar(db.select(Member).filter_by(email="claire@lyon.example"))
    claire.locale, claire.languages_read = language, [language]
    db.session.commit()
    browser = sign_in(claire)
    pages = {path: browser.get(path) for path in map(PAGES[name], records_of(name))}
    met = {path: words_on(page.text) for path, page in pages.items() if page.status_code == 200}

    assert len(met) > 2
    assert {
        (path, words) for path, found in met.items() for code, words in found if code != language
    } == set()
