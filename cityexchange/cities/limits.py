"""How often a member may change what a city says of itself, far above what hands do."""

from cityexchange.core.limits import WriteLimit

CITY_EDITS = WriteLimit("edit_city", most=60, seconds=300)
