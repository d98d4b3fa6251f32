"""What is wrong in a form, in the words and with the links of the summary at its top."""

from dataclasses import dataclass
from typing import Any

from wtforms import FieldList, FormField

from cityexchange.core.field_names import part_named, row_named
from cityexchange.core.fields import is_hidden


@dataclass(frozen=True)
class Problem:
    """An error of a form: at which element, what stands there, and the sentence. What nobody sees in a page has no `target`."""

    target: str | None
    label: str
    text: str


def problems(form: Any) -> list[Problem]:
    """All that is to be mended in a form, in its rows too, in their order; what nobody typed comes last."""
    found = list(_problems_of(form))
    return sorted(found, key=lambda problem: problem.target is None)


def _problems_of(fields, row=""):
    for field in fields:
        if isinstance(field, FieldList):
            yield from _problem_at(field)
            yield from _problems_in_rows(field)
        elif isinstance(field, FormField):
            yield from _problems_of(field.form, row)
        else:
            yield from _problem_at(field, row)


def _problems_in_rows(rows):
    for number, row in enumerate(rows, 1):
        place = row_named(rows.label.text, number)
        if isinstance(row, FormField):
            yield from _problems_of(row.form, place)
        else:
            yield from _problem_at(row, place, is_row=True)


def _problem_at(field, row="", is_row=False):
    sentences = [str(error) for error in field.errors if hasattr(error, "split")]
    if not sentences:
        return
    if is_hidden(field):
        yield Problem(None, "", sentences[0])
    elif is_row or not row:
        yield Problem(field.id, row or str(field.label.text), sentences[0])
    else:
        yield Problem(field.id, part_named(row, field.label.text), sentences[0])
