"""How often a member may mark notifications as read."""

from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS

MARKS = Limit("mark_notifications", most=120, seconds=60, each=MEMBER, store=PROCESS)
