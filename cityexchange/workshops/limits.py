"""How often a member may write workshops, and register."""

from cityexchange.core.limits import MEMBER, Limit

WORKSHOPS = Limit("workshop", most=30, seconds=300, each=MEMBER, is_writing=True)
REGISTRATIONS = Limit("registration", most=30, seconds=300, each=MEMBER, is_writing=True)
