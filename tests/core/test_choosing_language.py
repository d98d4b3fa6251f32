"""In which of the six languages a page comes to a browser that has not chosen yet."""

import pytest
from flask import Flask

from cityexchange.core.i18n import LOCALES, languages_asked_for

pytestmark = pytest.mark.no_app


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CA, en;q=0.5", "fr"),
        ("en;q=0.5, fr-CA", "fr"),
        ("ar-TN", "ar"),
        ("zh-Hant-TW, zh;q=0.9, en;q=0.8", "zh"),
        ("es-419, pt;q=0.9", "es"),
        ("de-CH, de;q=0.9, fr-CH;q=0.8, en;q=0.7", "fr"),
        ("RU-ru", "ru"),
        ("pt-BR, pt;q=0.9", None),
        ("fr;q=0, es;q=0.1", "es"),
        ("*", None),
        ("", None),
    ],
)
def test_the_best_language_is_chosen_by_quality_each_tag_with_its_own_language(header, language):
    with Flask("cityexchange").test_request_context(headers={"Accept-Language": header}):
        assert next(filter(LOCALES.get, languages_asked_for()), None) == language
