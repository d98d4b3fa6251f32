"""What is written where nobody is to learn who wrote it: nothing that is kept or told of it is made from its writer."""

from datetime import datetime
from typing import Any

from cityexchange.core.db import utcnow
from cityexchange.languages.choices import languages_of
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space


def is_unsigned(space: Space, pen_name: str | None) -> bool:
    return space.hides_names or pen_name is not None


def hints_of(space: Space, writer: Member, pen_name: str | None) -> dict[str, Any]:
    """What tells the language of a short text, for `write`: who wrote it, and where they are not shown the place alone."""
    if is_unsigned(space, pen_name):
        return {"languages": [space.language], "is_unsigned": True}
    return {"languages": languages_of(writer)}


def moment_in(space: Space) -> datetime:
    """Now, as what is written here tells it. Where names are hidden to the minute: beside comings and goings more would tell who."""
    now = utcnow()
    return now.replace(second=0, microsecond=0) if space.hides_names else now
