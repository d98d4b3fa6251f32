"""What a form calls its fields, for people: also of a name that was once sent, where no form is at hand."""

from typing import Any

from flask_babel import gettext as _
from wtforms import FieldList, FormField
from wtforms.fields.core import UnboundField


def row_named(label: Any, number: int) -> str:
    return _("%(list)s, row %(number)s", list=label, number=number)


def part_named(row: str, label: Any) -> str:
    return _("%(row)s, %(field)s", row=row, field=label)


def named_in(form: Any, name: str) -> str:
    """The label in the class `form` of what a browser calls `title`, `objectives-0` or `sessions-2-title`; empty where it has none.
    A form whose fields are made for each page says it itself (`called`)."""
    if called := getattr(form, "called", None):
        return str(called(name))
    head, *rest = name.split("-", 2)
    field = getattr(form, head, None)
    if not isinstance(field, UnboundField):
        return ""
    if issubclass(field.field_class, FieldList) and rest and rest[0].isdecimal():
        return _in_row(field, int(rest[0]) + 1, *rest[1:])
    return _label_of(field)


def _in_row(rows, number, part=""):
    row = row_named(_label_of(rows), number)
    label = named_in(rows.args[0].args[0], part) if part else ""
    return part_named(row, label) if label else row


def _label_of(field):
    """Of a list and of a row the first argument is what they hold."""
    at = 1 if issubclass(field.field_class, (FieldList, FormField)) else 0
    return str(field.kwargs.get("label") or next(iter(field.args[at:]), ""))
