"""Who is asking, as policies know them: exactly what they may ask, of a member, a visitor, a row of columns or rights alone.

A new question is a name here and its answers in `members/rights.py`; tests/members/test_reader.py compares those of all shapes.
"""

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
    """Somebody, where rights are whoever has them: statements are made for the one, and run with the other's `bind_values`."""

    @property
    def rights(self) -> Reader: ...

    @property
    def bind_values(self) -> dict[str, Any]: ...
