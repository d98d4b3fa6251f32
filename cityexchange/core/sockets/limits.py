"""How often may be done what this feature offers."""

from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS

EVENTS = Limit("any_event", most=600, seconds=10, each=MEMBER, store=PROCESS)
"""Of all events, in order or not: ten times what any kind may have. Threat: a line costs its sender less than requests do."""
PACKETS = Limit("packet", most=1000, seconds=10, each=MEMBER, store=PROCESS)
"""Of all packets of the protocol, before anything reads them: what is beyond waits, a packet a second."""
