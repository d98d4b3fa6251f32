"""The catalogues hold every sentence of the sources, in every language, with its placeholders; or the check says what is wrong."""

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_app
sys.path.append(str(Path(__file__).resolve().parents[2] / "deploy"))

import catalogues  # noqa: E402

FRENCH = "translations/fr/LC_MESSAGES/messages.po"
VIEW = 'from flask_babel import gettext as _, ngettext\n\n_("Closed by %(name)s", name=1)\nngettext("%(num)s reply", "%(num)s replies", 2)\n'
PAGE = "{% trans %}\n  Two lines\n  of one sentence.\n{% endtrans %}"
WORDS = {
    "Closed by %(name)s": "Fermé par %(name)s",
    "%(num)s reply": ("%(num)s réponse", "%(num)s réponses"),
    "Two lines of one sentence.": "Deux lignes.",
}


@pytest.fixture
def house(tmp_path):
    """A small working copy whose catalogues are fresh and complete."""
    for name, content in {
        "cityexchange/forums/views.py": VIEW,
        "templates/forums/show.html": PAGE,
        "translations/babel.cfg": (catalogues.ROOT / "translations" / "babel.cfg").read_text(),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(content)
    catalogues.update(tmp_path)
    for locale in catalogues.LOCALES:
        translate(tmp_path, locale)
    return tmp_path


def translate(house, locale):
    catalogue = catalogues.load(catalogues.place(house, locale), locale)
    for message in catalogues.sentences(catalogue):
        string = WORDS[catalogues.first(message)]
        if message.pluralizable:
            string = (string * catalogue.num_plurals)[-catalogue.num_plurals :]
        message.string = message.id if locale == "en" else string
    catalogues.place(house, locale).write_bytes(catalogues.as_text(catalogue))


def change(house, name, old, new):
    text = (house / name).read_text()
    assert old in text
    (house / name).write_text(text.replace(old, new))


def test_complete_catalogues_pass(house):
    assert list(catalogues.complaints(house)) == []


@pytest.mark.parametrize("mark", [" :", " ;", " ?", " !", " »", "« "])
def test_no_line_of_french_breaks_before_a_mark(house, mark):
    change(house, FRENCH, "Deux lignes.", f"Deux{mark}lignes.")
    (complaint,) = catalogues.complaints(house)
    assert "no-break space" in complaint
    change(house, FRENCH, mark, mark.replace(" ", "\u00a0"))
    assert list(catalogues.complaints(house)) == []


def test_other_languages_have_their_own_gaps(house):
    change(house, FRENCH.replace("/fr/", "/ru/"), "Deux lignes.", "«Две» ? Да !")
    assert list(catalogues.complaints(house)) == []


@pytest.mark.parametrize(
    "token", [".ics", "/socket.io", "LGBTIQ+", "https://", ".csv", "#city", "@name", "C++"]
)
def test_latin_signs_stand_whole_in_arabic(house, token):
    arabic = FRENCH.replace("/fr/", "/ar/")
    change(house, arabic, "Deux lignes.", f"ملف ({token}) هنا")
    (complaint,) = catalogues.complaints(house)
    assert "isolate" in complaint
    change(house, arabic, token, f"\u2066{token}\u2069")
    assert list(catalogues.complaints(house)) == []


@pytest.mark.parametrize(
    "words", ["ملف PDF أو Word.", "(HTTPS) 443", "WCAG 2.2 AA.", "CSV UTF-8", "«Client ID»"]
)
def test_what_no_mark_ends_needs_no_isolate(house, words):
    change(house, FRENCH.replace("/fr/", "/ar/"), "Deux lignes.", words)
    assert list(catalogues.complaints(house)) == []


def test_english_is_filled_in_by_itself(house):
    catalogues.place(house, "en").unlink()
    catalogues.update(house)
    assert list(catalogues.complaints(house)) == []


def test_a_new_sentence_makes_them_stale(house):
    change(house, "cityexchange/forums/views.py", "import gettext", "import gettext, gettext as g")
    assert list(catalogues.complaints(house)) == []
    change(house, "cityexchange/forums/views.py", "\n\n", '\n\n_("Reopened")\n')
    assert sum("is not fresh" in complaint for complaint in catalogues.complaints(house)) == 7


def test_a_moved_sentence_keeps_its_translation(house):
    change(house, "cityexchange/forums/views.py", "\n\n", "\n\n\n\n")
    assert list(catalogues.complaints(house)) == []


def test_a_changed_sentence_loses_its_translation_and_the_others_keep_theirs(house):
    change(house, "cityexchange/forums/views.py", "Closed by", "Ended by")
    catalogues.update(house)
    told = list(catalogues.complaints(house))
    assert len(told) == 5  # every language but English
    assert all("Ended by %(name)s" in complaint and "not translated" in complaint for complaint in told)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('msgstr "Fermé par %(name)s"', 'msgstr ""', "not translated"),
        ("msgid \"Closed", "#, fuzzy\nmsgid \"Closed", "fuzzy"),
        ("par %(name)s", "par %(nom)s", "placeholders differ (name, nom)"),
        ("par %(name)s", "par quelqu'un", "placeholders differ (name)"),
        ("%(num)s réponses", "des réponses", "placeholders differ (num)"),
        ("%(num)s réponse\"", "%(nom)s réponse\"", "placeholders differ (nom)"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_told(old, new, complaint, house):
    change(house, FRENCH, old, new)
    assert any(complaint in told and told.startswith("fr: ") for told in catalogues.complaints(house))


def test_a_form_for_one_number_may_leave_the_number_out(house):
    change(house, FRENCH, '[0] "%(num)s réponse"', '[0] "une réponse"')
    assert list(catalogues.complaints(house)) == []


def test_a_broken_plural_form_in_a_language_with_six_is_told(house):
    change(house, "translations/ar/LC_MESSAGES/messages.po", 'msgstr[2] "%(num)s réponse"', 'msgstr[2] ""')
    assert any(told.startswith("ar: ") and "not translated" in told for told in catalogues.complaints(house))


def test_what_is_compiled_is_what_the_server_reads(house):
    from gettext import translation

    catalogues.compile_all(house)
    french = translation("messages", house / "translations", ["fr"])
    assert french.gettext("Closed by %(name)s") == "Fermé par %(name)s"
    assert french.ngettext("%(num)s reply", "%(num)s replies", 1) == "%(num)s réponse"
