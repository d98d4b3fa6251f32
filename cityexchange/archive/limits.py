"""How often a member may take their own data away."""

from cityexchange.core.limits import MEMBER, Limit

EXPORTS = Limit("export", most=10, seconds=86400, each=MEMBER)
