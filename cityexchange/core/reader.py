"""Who is asking: exactly what policies, lists and pages may ask, of a member, a visitor, a row of columns or rights alone.

A new question is a name here and its answers in `members/rights.py`; tests/members/test_reader.py compares those of all shapes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol


class ReaderSeat(Protocol):
    """Ids are `Any`: in rights they are parameters of a statement."""

    @property
    def role(self) -> str: ...

    @property
    def city_id(self) -> Any: ...

    @property
    def organisation_id(self) -> Any: ...

    @property
    def speaks_officially(self) -> bool: ...


class Reader(Protocol):
    """As policies know them, and what is put together of a policy's statement: perhaps no more than the rights that many share."""

    @property
    def id(self) -> Any:
        """None for a visitor."""

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def is_official(self) -> bool: ...

    @property
    def is_guest(self) -> bool: ...

    @property
    def seat(self) -> ReaderSeat | None: ...

    def has_team_role(self, *roles: str) -> bool: ...


class OneReader(Reader, Protocol):
    """As lists and pages know them: one member or one visitor. A statement is put together for their `rights` and run with their
    `bind_values`."""

    @property
    def rights(self) -> Reader: ...

    @property
    def bind_values(self) -> dict[str, Any]: ...

    @property
    def city(self) -> Any: ...

    @property
    def display_name(self) -> str: ...

    @property
    def locale(self) -> str | None:
        """None for a visitor, whom the browser speaks for."""

    @property
    def languages_read(self) -> Sequence[str]: ...

    @property
    def timezone(self) -> str | None:
        """None for a visitor."""

    @property
    def previous_visit_at(self) -> datetime | None:
        """When the visit before this one ended, if it is known."""
