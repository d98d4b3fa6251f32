"""Which themes words are about: a guess in six languages."""

import json

import pytest

from cityexchange.themes.recognising import WORDS, themes_in
from cityexchange.themes.taxonomy import KEYS

pytestmark = pytest.mark.no_app
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}

NAMED = [
    ("School enrolment for children who arrive in spring", "education"),
    ("L'école et l'élève", "education"),
    ("وبالمدارس", "education"),
    ("Школьники", "education"),
    ("孩子的学校", "education"),
    ("la vivienda", "housing"),
    ("HOUSING", "housing"),
    ("interprétariat au guichet", "language"),
    ("Immigrants' council: election or appointment?", "participation"),
]


@pytest.mark.parametrize(("text", "key"), NAMED)
def test_words_name_their_theme_whatever_their_form(text, key):
    assert key in themes_in(text)


@pytest.mark.parametrize("text", ["", "Hello there", "?!", "你好", "12 34", "x" * 20_000])
def test_other_words_name_none(text):
    assert themes_in(text) == []


def test_a_title_counts_more_than_what_is_told_at_length():
    assert themes_in("A school", "We rent a house near the school")[0] == "education"
    assert themes_in("Rent", "The school asked us")[0] == "housing"


def test_every_theme_has_words_in_every_language():
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    assert list(words) == KEYS
    assert all(set(languages) == LANGUAGES and all(languages.values()) for languages in words.values())
