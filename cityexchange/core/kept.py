"""What somebody typed into a form that was not taken, for the page of the refusal to give back; and of what the browser kept itself
(static/js/features/ui/typed.js), which was taken."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from cityexchange.core.fields import SECRET, WRITTEN
from cityexchange.core.form_tokens import owner_here, owner_of
from cityexchange.core.large_forms import Part
from cityexchange.core.origins import is_begun_here
from cityexchange.core.questions import FIELD as QUESTION

SHORT = 60
"""Characters up to which a value of a name that no form knows travels unseen: choices, numbers, marks of the form."""
ROW = re.compile(r"^(\w+)-\d+(?:-(\w+))?$")
SIGN, TAKEN = "typed", "taken"
"""The field in which a form names what the browser has kept of it, and the cookie by which the browser hears that it may forget that."""
ID = re.compile(r"[A-Za-z0-9-]{8,60}")
MOST, TEN_MINUTES = 10, 600


@dataclass(frozen=True)
class Typed:
    """`texts` are shown and may be changed; `quiet` travel along. Files and secrets do not come back: without them it is not `is_whole`."""

    action: str
    texts: list[tuple[str, str]]
    quiet: list[tuple[str, str]]
    has_files: bool
    is_whole: bool
    is_cut: bool = False
    """The last text goes on: more than that was not read."""


def typed() -> Typed | None:
    """None where there is nothing to give back, or no sure sign that a page of ours sent it.

    Threat: what another site made up must not stand on our page with a good token beside it. Passwords and codes go nowhere, and what
    one member wrote is not shown to the next one at the same computer.
    """
    if (
        not (request.endpoint and _is_read())
        or not (g.get("csrf_valid") or is_begun_here())
        or _is_of_another()
    ):
        return None
    part = _part()
    fields = [(name, value) for name, value in part.fields if name != "csrf_token"]
    open_ones = [(name, value) for name, value in fields if not is_secret(name)]
    texts = [field for field in open_ones if is_shown(*field)]
    quiet = [field for field in open_ones if not is_shown(*field)]
    is_whole = len(open_ones) == len(fields)
    return Typed(request.full_path.rstrip("?"), texts, quiet, _has_files(), is_whole, _is_cut_in(texts, part))


def _is_cut_in(texts, part):
    return part.is_cut and bool(texts) and texts[-1] == part.fields[-1]


def _part():
    """The form; of one that is too large, and is refused anew whenever it is asked for, what was read of it."""
    return g.get("part_of_form") or Part(list(request.form.items(multi=True)), is_cut=False)


def _has_files():
    return "part_of_form" not in g and any(file.filename for file in request.files.values())


def _is_read():
    """For a file in it there may be no room."""
    try:
        return bool(_part().fields)
    except (HTTPException, OSError):
        return False


def _is_of_another():
    owner = owner_of(dict(_part().fields).get("csrf_token", ""))
    if g.get("is_reader_unknown"):
        return owner is not None and owner != owner_here()
    return current_user.is_authenticated and owner is not None and owner != str(current_user.id)


def _bare(name):
    """`title` of `sessions-2-title`, `objectives` of `objectives-0`."""
    row = ROW.match(name)
    return (row[2] or row[1]) if row else name


def is_secret(name):
    return "password" in name or _bare(name) in SECRET


def is_shown(name, value):
    return bool(value.strip()) and is_text(name, value)


def is_text(name, value):
    if name == QUESTION:  # it travels, and is asked once more
        return False
    return _bare(name) in WRITTEN or len(value) > SHORT or "\n" in value


def tell_taken(response: Response) -> Response:
    """The form was taken: what the browser kept of it may be forgotten, whichever page comes next."""
    if request.method == "POST" and 300 <= response.status_code < 400:
        id = request.form.get(SIGN, "")
        if ID.fullmatch(id):
            ids = [one for one in request.cookies.get(TAKEN, "").split(".") if ID.fullmatch(one)]
            said: dict[str, Any] = {"max_age": TEN_MINUTES, "samesite": "Lax", "secure": request.is_secure}
            response.set_cookie(TAKEN, ".".join([*ids, id][-MOST:]), **said)
    return response


def init_app(app: Flask) -> None:
    app.after_request(tell_taken)
