"""How often somebody may come back from a city's own sign-in, and have us ask its provider what it is."""

from cityexchange.core.limits import MEMBER, NETWORK, Limit

RETURNS = Limit("identity_return", most=30, seconds=900, each=NETWORK)
PROVIDERS = Limit("identity_provider", most=30, seconds=3600, each=MEMBER)
