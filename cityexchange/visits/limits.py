"""How often a member may change offers and applications."""

from cityexchange.core.limits import MEMBER, Limit

APPLICATIONS = Limit("application", most=30, seconds=300, each=MEMBER, is_writing=True)
OFFERS = Limit("offer", most=30, seconds=300, each=MEMBER, is_writing=True)
