"""How often somebody may come back from a city's own sign-in."""

from cityexchange.core.limits import NETWORK, Limit

RETURNS = Limit("identity_return", most=30, seconds=900, each=NETWORK)
