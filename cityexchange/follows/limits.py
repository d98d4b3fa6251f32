"""How often a member may choose how much they hear."""

from cityexchange.core.limits import MEMBER, Limit

FOLLOWS = Limit("follow", most=60, seconds=300, each=MEMBER, is_writing=True)
