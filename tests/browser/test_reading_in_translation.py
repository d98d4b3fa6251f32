"""Threads, a workshop, a visit and a room of the demonstration are read without meeting a line in another language than the page's."""

import pytest

LANGUAGES = ("ar", "fr", "zh")
PAGES = ("/topics/3", "/topics/5", "/topics/8", "/workshops/1", "/visits/1", "/chat/rooms/3")
# Originals stand behind a press, or below a translated heading, and are marked.
FOREIGN = """() => [...document.querySelectorAll("main [lang]")].filter((e) =>
  e.lang.split("-")[0] !== document.documentElement.lang && e.lang !== "und" && e.textContent.trim()
  && !e.closest(".original, .room__about, select, header .small.soft")).map((e) => [e.lang, e.textContent.trim()])"""


@pytest.fixture
def foreign_lines(visit_as):
    page = visit_as("claire")

    def lines(path, language):
        page.goto(f"{path}?lang={language}")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.locator("main .written, main [data-part=text]").count() > 1
        return page.evaluate(FOREIGN)

    return lines


@pytest.mark.parametrize("path", PAGES)
def test_no_line_is_met_that_is_not_in_the_language_of_the_page(foreign_lines, path):
    assert {language: foreign_lines(path, language) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, [])


def test_a_line_that_nobody_translated_would_be_met(foreign_lines):
    assert "fr" in {language for language, _words in foreign_lines("/topics/1", "zh")}
