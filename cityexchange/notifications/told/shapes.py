from typing import Any, NamedTuple

from cityexchange.languages.reading import Reading


class Told(NamedTuple):
    record_type: str
    id: int
    place: str
    """As pages say it in `data-place`."""
    page: str | None
    """The address of the very place."""
    title: Reading | None = None
    where: Reading | None = None
    writer: str | None = None
    """By the rules of where it was written; "" of who has left, None where names are hidden."""
    city: str | None = None
    record: Any = None
    """For the words of a mail's subject, where these are the line's."""


class Named(NamedTuple):
    """As much of a record as its title asks for, in columns."""

    record_type: str
    id: int
    title: str
    language: str
