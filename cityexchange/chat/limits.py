"""How much one member says and reads, by whichever door."""

from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS

MESSAGES = Limit("message", most=60, seconds=10, each=MEMBER, store=PROCESS)
READINGS = Limit("reading", most=60, seconds=10, each=MEMBER, store=PROCESS)
TYPING = Limit("typing", most=20, seconds=10, each=MEMBER, store=PROCESS)
