"""What the house says in six languages: the names of its spaces, forums and rooms, and the notes of a workshop."""

from cityexchange.chat.models import Room
from cityexchange.core.db import db
from cityexchange.demo.content import read
from cityexchange.forums.models import Forum
from cityexchange.languages.models import translate
from cityexchange.spaces.models import Space

KEYS = {Space: "slug", Forum: "slug", Room: "name"}


def translate_ui_names(author):
    for model, key in KEYS.items():
        known = read("translations")[model.__tablename__]
        for record in db.session.scalars(db.select(model)):
            translate_all(record, known[getattr(record, key)], author)


def translate_all(record, languages, author):
    """`languages`: {language: {field: words}}"""
    for language, words in languages.items():
        for field, text in words.items():
            translate(record, field, language, text, "human", author)
