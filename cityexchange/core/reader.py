"""Who is asking, as policies know them: exactly what they may ask, of a member, a visitor, a row of columns or a standing.

A new question is a name here and its answers in `members/standing.py`; tests/members/test_reader.py compares those of all shapes.
"""

from typing import Any, Protocol


class ReaderSeat(Protocol):
    """Ids are `Any`: in a standing they are parameters of a statement."""

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
    """Somebody, where a standing is whoever has it: statements are made for the one, and run with the other's `facts`."""

    @property
    def standing(self) -> Reader: ...

    @property
    def facts(self) -> dict[str, Any]: ...
