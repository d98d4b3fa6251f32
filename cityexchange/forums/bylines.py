"""Under whose names what was written is shown."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, null


@dataclass(frozen=True)
class Names:
    """Whose names a reader sees: members see members, visitors their cities, guests either, by space; under the Chatham House Rule nobody
    anybody's."""

    are_for_members: Any
    """As `SpacePolicy.naming`, or True or False where one space is meant."""
    are_hidden: Any
    """True or False where one space is meant; a column of the space in a list across spaces."""

    def of(self, column: Any, is_person: bool = True, pen_name: Any = None) -> Any:
        """Null where a chosen name stands, if `pen_name` is the column with that."""
        if pen_name is not None:
            column = case((pen_name.is_(None), column))
        return self._to_members(self._open(column)) if is_person else self._open(column)

    def name(self, column: Any, pen_name: Any) -> Any:
        """The name of who wrote, or the one they chose for the space."""
        return self._to_members(self._open(func.coalesce(pen_name, column)))

    def _to_members(self, column):
        if isinstance(self.are_for_members, bool):
            return column if self.are_for_members else null()
        return case((self.are_for_members, column))

    def _open(self, column):
        if isinstance(self.are_hidden, bool):
            return null() if self.are_hidden else column
        return case((self.are_hidden, null()), else_=column)
