"""What pages ask of the space that they hang in."""

from cityexchange.core.projection import Projection
from cityexchange.spaces.models import Space, role_in

SPACE_ABOVE = Projection(
    Space,
    "id slug name language confidentiality allows_chosen_names archived_at",
    role_of_reader=lambda space: role_in(space.id).correlate(space).scalar_subquery(),
)
"""As much of a space as the pages of what hangs in it ask for."""
