"""Abuse case 30: what stands on one line has one spelling and no sign that nobody sees, in whatever field and by whatever door."""

import unicodedata

import pytest
from flask_babel import force_locale
from sqlalchemy import String, Text
from wtforms import PasswordField, SearchField, StringField, TextAreaField

from cityexchange.core.db import Base
from cityexchange.core.fields import LONGEST_LINE, Form, as_line, is_hidden
from cityexchange.core.one_line import UnseenWithin, line_of
from tests.core.all_forms import bare, forms_of_the_application, leaves

LINES = {
    "combined": ("Cafe\u0301 Zu\u0308rich", "Café Zürich"),
    "combined Hangul": ("\u1100\u1161\u11a8", "각"),
    "a line's end, pasted": ("Report 2026\r\n", "Report 2026"),
    "marks at the ends": ("\ufeff\u200e Report \u200b\u2069", "Report"),
    "a break of lines at the end": ("Report\u2028", "Report"),
    "Persian": ("می\u200cخواهم", "می\u200cخواهم"),
    "Devanagari": ("क्\u200dषमा", "क्\u200dषमा"),
    "Malayalam, at the end": ("രാമന്\u200d", "രാമന്\u200d"),
    "a family": ("👩\u200d👧\u200d👦 day", "👩\u200d👧\u200d👦 day"),
    "a heart": ("Care ❤\ufe0f", "Care ❤\ufe0f"),
    "somebody of a profession": ("👩🏽\u200d⚕\ufe0f", "👩🏽\u200d⚕\ufe0f"),
    "a key": ("Step 1\ufe0f\u20e3", "Step 1\ufe0f\u20e3"),
    "a flag": ("\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",) * 2,
    "the form of a kanji": ("葛\U000e0100城市", "葛\U000e0100城市"),
    "Mongolian": ("ᠮᠣᠩᠭᠣᠯ\u180b", "ᠮᠣᠩᠭᠣᠯ\u180b"),
    "blanks of French": ("Qui\u202f? Où\xa0!", "Qui\u202f? Où\xa0!"),
    "Arabic in English": ("Visit to صفاقس (2026)", "Visit to صفاقس (2026)"),
}
REFUSED = {
    "a line's end": ("Ana\nRuiz", "Ana"),
    "a carriage": ("Ana\rRuiz", "Ana"),
    "a line of Unicode": ("Ana\u2028Ruiz", "Ana"),
    "the next line of other days": ("Ana\x85Ruiz", "Ana"),
    "a tabulator": ("Ana\tRuiz", "Ana"),
    "a bell": ("Ana\x07Ruiz", "Ana"),
    "backwards": ("Ana \u202eziuR", "Ana "),
    "an isolate": ("Ana \u2067ziuR\u2069.", "Ana "),
    "zero width": ("Ana\u200bRuiz", "Ana"),
    "a joiner in Latin": ("An\u200da Ruiz", "An"),
    "a joiner before a blank": ("می\u200c خواهم", "می"),
    "a joiner between scripts": ("می\u200cAna", "می"),
    "two joiners": ("می\u200c\u200cخواهم", "می"),
    "a filler": ("Ana\u3164Ruiz", "Ana"),
    "the blank of Braille": ("Ana\u2800Ruiz", "Ana"),
    "a variation of a letter": ("Ana\ufe0fRuiz", "Ana"),
    "tags without a flag": ("Ana\U000e0061\U000e0062Ruiz", "Ana"),
    "a sign of nobody's": ("Ana\ue000Ruiz", "Ana"),
    "a soft hyphen": ("Stadt\xadrat", "Stadt"),
    "a direction in Arabic": ("صفاقس\u200f(2026)", "صفاقس"),
}


@pytest.mark.no_app
@pytest.mark.parametrize(("typed", "line"), LINES.values(), ids=LINES)
def test_a_line_is_taken_as_it_was_meant(typed, line):
    assert line_of(typed) == line
    assert line_of(unicodedata.normalize("NFD", typed)) == line


@pytest.mark.no_app
@pytest.mark.parametrize(("typed", "before"), REFUSED.values(), ids=REFUSED)
def test_a_sign_within_a_line_that_nobody_sees_is_refused_where_it_stands(typed, before):
    with pytest.raises(UnseenWithin) as fault:
        line_of(typed)
    assert fault.value.before == before


class LineForm(Form):
    name = StringField("Name")


@pytest.mark.parametrize("locale", ["ar", "en", "es", "fr", "ru", "zh"])
def test_who_typed_it_reads_where_it_stands_and_keeps_what_was_typed(app, locale):
    typed = "The council of Ana\u200bRuiz"
    with app.test_request_context("/", method="POST", data={"name": typed}), force_locale(locale):
        form = LineForm()
        assert not form.validate() and form.name.data == typed
        (said,) = form.name.errors
    assert "uncil of Ana" in said and (locale == "en") == ("cannot be seen" in said)


def is_read_by_people(field):
    return isinstance(field, StringField) and not isinstance(field, PasswordField) and not is_hidden(field)


def is_of_one_line(field):
    return is_read_by_people(field) and not isinstance(field, (TextAreaField, SearchField))


def one_line_fields(app):
    """[(form, field)] of the whole application, rows and lists as well."""
    with app.test_request_context("/"):
        return [
            (kind.__name__, field)
            for kind in forms_of_the_application()
            for field in leaves(bare(kind))
            if is_of_one_line(field)
        ]


def test_every_one_line_field_of_every_form_takes_lines_alone(app):
    fields = one_line_fields(app)
    without = [
        (form, field.name)
        for form, field in fields
        if as_line not in field.filters or (field.flags.maxlength or 0) > LONGEST_LINE
    ]

    assert len(fields) > 30 and without == []


MADE_OF_LINES = {"slug", "handle", "pen_name", "last_pen_name"}
FROM_OUTSIDE = {
    "device": "read off the browser's own name by a list (members/models/sessions.py)",
    "emoji": "one of a list (chat/models.py)",
    "subject": "an identity provider's number of somebody, shown to nobody",
    "credential_id": "of a passkey, shown to nobody",
}
BY_US = {
    "about_language", "accepted_by", "address", "channel", "claimed_by", "cluster", "code_digest", "content_type", "conversation", "digest",
    "event", "field", "occasion", "opening", "stopped", "writer", "from_state", "fs_uniquifier", "key", "kind_primary", "network", "origin", "outcome", "part", "place", "purpose",
    "record_type", "region", "request_id", "sealed_secret", "side", "source_digest", "team_role", "template", "to_state", "uid", "verb",
}  # fmt: skip
"""Columns that no field fills: keys, states, digests."""


def test_every_short_column_is_filled_by_a_line_or_by_nobody(app):
    """A column of a new name says here who fills it."""
    with app.test_request_context("/"):
        named = {
            field.name.rpartition("-")[2] or field.name
            for kind in forms_of_the_application()
            for field in leaves(bare(kind))
        }
    columns = {
        column.key
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith("cityexchange.")
        for column in mapper.local_table.columns
        if isinstance(column.type, String) and not isinstance(column.type, Text)
    }

    assert columns - named == MADE_OF_LINES | FROM_OUTSIDE.keys() | BY_US
