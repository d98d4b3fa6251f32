"""How often a member may change what a city says of itself, far above what hands do."""

from cityexchange.core.limits import MEMBER, MEMBER_OR_NETWORK, Limit
from cityexchange.core.limits.stores import PROCESS

CITY_EDITS = Limit("edit_city", most=60, seconds=300, each=MEMBER, is_writing=True)
PLACE_LOOKUPS = Limit("place_lookup", most=120, seconds=60, each=MEMBER_OR_NETWORK, store=PROCESS)
