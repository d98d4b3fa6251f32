"""What of a form is kept in a draft: what a person typed and chose, and nothing that is secret or belongs to one press."""

from collections.abc import Iterable

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from cityexchange.core.kept import ID, SIGN, is_secret, is_shown
from cityexchange.core.once import MARKS, NONCE
from cityexchange.drafts.models import LONGEST_OPENING, Words
from cityexchange.drafts.sent import LONGEST_NONCE, Copy

MARK = "draft"
"""The field in which a form says with which version of the draft it began; 0-0 where a script kept words and no answer has come."""
BESIDE = "beside"
"""Where an address says which draft a new form stands beside."""
THERE = "there"
"""The one in which a button says which version of another device its words stood beside."""
NOT_WORDS = {*MARKS, THERE}
MOST_FIELDS, LONGEST_NAME, LONGEST = 400, 80, 100_000
"""Characters of all values together: more than all fields of any form take."""


def writer_here() -> str:
    """The copy in the browser from which the form comes, empty for none."""
    name = request.form.get(SIGN, "")
    return name if ID.fullmatch(name) else ""


def number_in(name: str) -> int | None:
    """Of a draft, as the address says it; None where it says none."""
    said = request.args.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def copy_here() -> Copy:
    """What the form that was sent says of itself."""
    nonce = request.form.get(NONCE, "")
    return Copy(request.form.get(MARK, ""), writer_here(), nonce if len(nonce) <= LONGEST_NONCE else "")


def words_here() -> Words:
    """Of the form that was sent. RequestEntityTooLarge beyond the bounds."""
    return words_of(request.form.items(multi=True))


def words_of(pairs: Iterable[tuple[str, str]]) -> Words:
    fields = kept_of(pairs)
    is_long = sum(len(value) for _, value in fields) > LONGEST
    if is_long or len(fields) > MOST_FIELDS or any(len(name) > LONGEST_NAME for name, _ in fields):
        raise RequestEntityTooLarge
    return Words(fields, opening_of(fields))


def kept_of(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    return [[name, value] for name, value in pairs if name not in NOT_WORDS and not is_secret(name)]


def texts_of(fields: list[list[str]]) -> list[list[str]]:
    """[[name, value], ..] of what a person wrote, as far as it is shown."""
    return [[name, value] for name, value in fields if is_shown(name, value)]


def opening_of(fields: list[list[str]]) -> str:
    """The first words that somebody typed: empty where there are none."""
    _name, first = next(iter(texts_of(fields)), ("", ""))
    return " ".join(first[: 4 * LONGEST_OPENING].split())[:LONGEST_OPENING]
