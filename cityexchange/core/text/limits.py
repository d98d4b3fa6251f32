"""How often may be done what this feature offers."""

from cityexchange.core.limits import MEMBER_OR_NETWORK, Limit
from cityexchange.core.limits.stores import PROCESS

HEAVY_TEXTS = Limit("heavy_text", most=60, seconds=300, each=MEMBER_OR_NETWORK, store=PROCESS)
