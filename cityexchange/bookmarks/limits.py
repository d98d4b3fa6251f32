"""How often a member may keep something, and take it out."""

from cityexchange.core.limits import MEMBER, Limit

BOOKMARKS = Limit("bookmark", most=60, seconds=300, each=MEMBER, is_writing=True)
