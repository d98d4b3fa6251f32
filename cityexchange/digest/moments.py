"""When it is good to be reminded of what ends: in time to do something about it, and by one's own clock."""

from datetime import datetime

from cityexchange.notifications.hours import Hours


def moment_before(hours: Hours, deadline: datetime, after: datetime) -> datetime | None:
    """The morning of the working day before, or where that is over (`after`) of the day itself, as soon as it is not quiet."""
    for morning in (hours.morning_before(deadline), hours.morning_of(hours.day_of(deadline))):
        if after < (moment := hours.end_of_quiet(morning)) < deadline:
            return moment
    return None
