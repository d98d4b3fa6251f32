"""How often a member may translate."""

from cityexchange.core.limits import MEMBER, Limit

TRANSLATIONS = Limit("translation", most=30, seconds=300, each=MEMBER, is_writing=True)
