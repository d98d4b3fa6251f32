"""How often may be done what this feature offers."""

from cityexchange.core.limits import NETWORK, Limit
from cityexchange.core.limits.stores import PROCESS

HEAVY_TEXTS = Limit("heavy_text", most=60, seconds=300, each=NETWORK, store=PROCESS)
