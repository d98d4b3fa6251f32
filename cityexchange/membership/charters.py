"""The charter that a city accepts. Its words stand in templates/membership/charters/, in all languages, one file a version."""

from datetime import date

CHARTERS = {1: date(2026, 11, 1)}
"""Version: the day since which it holds. A new one is a new file and a line here; earlier ones stay to be read."""
GRACE_DAYS = 90
"""After a new version, during which the acceptance of the one before still counts."""


def newest(today: date) -> int:
    return max(version for version, since in CHARTERS.items() if since <= today)


def accepted_ones(today: date) -> set[int]:
    """The versions whose acceptance counts today."""
    current = newest(today)
    is_new = (today - CHARTERS[current]).days < GRACE_DAYS
    return {current, current - 1} & CHARTERS.keys() if is_new else {current}
