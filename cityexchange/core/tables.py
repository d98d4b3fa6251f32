"""Tables for other programs: CSV that spreadsheets open as it is, and in which they find nothing to run; and what is taken away as a file."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import Response

MARK = "\ufeff"
"""Without it, some spreadsheets read letters beyond English wrongly."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With which a cell of a table would be a formula."""


def line_of(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def table_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows under the names that the first of them has; there is at least one."""
    return MARK + "".join(line_of(cells) for cells in (rows[0], *(row.values() for row in rows)))


def harmless(cell: Any) -> str:
    """Threat: a cell that begins like a formula is run by spreadsheets."""
    text = _text_of(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _text_of(cell):
    if isinstance(cell, (dict, list)):
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def download(content: str | bytes, mimetype: str, name: str) -> Response:
    """A file to keep, which nothing on its way keeps."""
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Response(content, mimetype=mimetype, headers=headers)
