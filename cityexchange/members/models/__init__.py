"""Members, the seats that tie them to cities, and the browsers they are signed in with."""

from cityexchange.members.models.access import LastAdministrator
from cityexchange.members.models.people import LEVELS, STATES, TEAM_ROLES, AskTheme, Member, Visitor
from cityexchange.members.models.seats import (
    CATEGORIES,
    CITY_ROLES,
    GUESTS,
    SEAT_ROLES,
    Seat,
)
from cityexchange.members.models.sessions import SignInSession, digest_of

__all__ = [
    "CATEGORIES",
    "CITY_ROLES",
    "GUESTS",
    "LEVELS",
    "LastAdministrator",
    "SEAT_ROLES",
    "STATES",
    "TEAM_ROLES",
    "AskTheme",
    "Member",
    "Seat",
    "SignInSession",
    "Visitor",
    "digest_of",
]
