"""With a space go its workshops, each with its schedule."""

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cityexchange.spaces.models import Space
from cityexchange.workshops.models import Workshop


@event.listens_for(Session, "before_flush")
def delete_with_space(session: Session, *_rest: Any) -> None:
    """The database would take the workshops alone, and leave their schedules, which do not name them."""
    for space in session.deleted:
        if isinstance(space, Space):
            for workshop in session.scalars(select(Workshop).filter_by(space_id=space.id)):
                session.delete(workshop)
