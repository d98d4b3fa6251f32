"""What the house says in six languages: the names of its spaces, forums and rooms; and the book of words, for all that is said
outside the forums.

The book (data/words) holds each text beside what it is in other languages. By its own words a text finds its translations,
wherever it stands: what several workshops say is written once.
"""

from functools import cache

from cityexchange.chat.models import Room
from cityexchange.core.db import db
from cityexchange.demo.content import read
from cityexchange.forums.models import Forum
from cityexchange.languages.choices import base
from cityexchange.languages.models import Translation, digest
from cityexchange.languages.originals import filled_fields, translatable
from cityexchange.spaces.models import Space

KEYS = {Space: "slug", Forum: "slug", Room: "name"}
PARTS = ("workshops", "visits", "applications", "organisations", "talk")
ELSEWHERE = {"Topic", "Post"} | {model.__name__ for model in KEYS}
"""Translated by another hand: what is said in forums by thread_translations.py."""


def translate_ui_names(author):
    for model, key in KEYS.items():
        known = read("translations")[model.__tablename__]
        for record in db.session.scalars(db.select(model)):
            for language, words in known[getattr(record, key)].items():
                for field, text in words.items():
                    add(record, field, language, text, author)


def translate_by_the_book(author):
    for name in sorted(translatable().keys() - ELSEWHERE):
        for record in db.session.scalars(db.select(translatable()[name])):
            for field in filled_fields(record):
                for language, text in translations_of(getattr(record, field), record.language).items():
                    add(record, field, language, text, author)


def add(record, field, language, text, author):
    """Into a community that has none yet: nothing is looked for, and nobody is told. Else `translate` of languages/models.py."""
    translation = Translation(
        record_type=type(record).__name__,
        record_id=record.id,
        field=field,
        origin="human",
        author_id=author.id,
        source_digest=digest(getattr(record, field)),
    )
    translation.write(text, language)
    db.session.add(translation)


def translations_of(text, language):
    known = book().get((base(language), text), {})
    return {code: words for code, words in known.items() if code != base(language)}


@cache
def book():
    """{(language, text): {language: text}}"""
    found = {}
    for entry in entries():
        for language, text in entry.items():
            found.setdefault((language, text), entry)
    return found


def entries():
    """{language: text} each."""
    yield from (workshop["title"] for workshop in read("demo")["workshops"])
    for part in PARTS:
        yield from read(f"words/{part}")
    for city in read("words/cities").values():
        yield from city.values()
