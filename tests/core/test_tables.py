"""Tables that spreadsheets open: nothing in them is run, and nothing of them is lost."""

import csv
import io
from datetime import UTC, datetime

import pytest

from cityexchange.core.tables import harmless, table_of


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\uff1d1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("suspend") == "suspend" and harmless(None) == ""


def test_a_table_gives_back_what_was_put_in():
    rows = [
        {
            "text": 'He said: "two,\nthree"',
            "at": datetime(2026, 3, 1, tzinfo=UTC),
            "more": {"مدينة": ["صفاقس"]},
        },
        {"text": "second", "at": None, "more": []},
    ]
    lines = list(csv.reader(io.StringIO(table_of(rows).removeprefix("\ufeff"))))

    assert lines == [
        ["text", "at", "more"],
        ['He said: "two,\nthree"', "2026-03-01T00:00:00+00:00", '{"مدينة": ["صفاقس"]}'],
        ["second", "", "[]"],
    ]
