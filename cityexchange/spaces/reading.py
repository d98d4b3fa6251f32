"""What pages ask of the space that they hang in."""

from typing import Any

from cityexchange.core.projection import Projection
from cityexchange.follows.models import level_of
from cityexchange.spaces.models import Space, role_in


def _role_of_reader(space: Any) -> Any:
    return role_in(space.id).correlate(space).scalar_subquery()


SPACE_ABOVE = Projection(
    Space,
    "id slug name language confidentiality allows_chosen_names archived_at",
    role_of_reader=_role_of_reader,
)
"""As much of a space as the pages of what hangs in it ask for."""
SPACE = Projection(
    Space,
    "id slug name description language confidentiality joining allows_chosen_names archived_at",
    role_of_reader=_role_of_reader,
    level=level_of,
)
"""Of its own page: `level` is None for who chose nothing."""
