"""How often a member may change what a city says of itself, far above what hands do."""

from cityexchange.core.limits import MEMBER, Limit

CITY_EDITS = Limit("edit_city", most=60, seconds=300, each=MEMBER, is_writing=True)
