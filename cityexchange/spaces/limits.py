"""How often a member may come, go and decide who is in a space, far above what hands do."""

from cityexchange.core.limits import MEMBER, Limit

MEMBERSHIPS = Limit("membership", most=30, seconds=300, each=MEMBER, is_writing=True)
