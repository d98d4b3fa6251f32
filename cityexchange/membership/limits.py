"""How often a city may apply, tables of people be sent in, and codes be asked for a place that is offered."""

from cityexchange.core.limits import EVERYBODY, MANY_ASK, MEMBER, NETWORK, Limit

APPLICATIONS = Limit("city_application", most=5, seconds=3600, each=NETWORK)
APPLICATIONS_OF_ALL = Limit(
    "city_application_of_all", most=30, seconds=60, each=EVERYBODY, is_writing=True, words=MANY_ASK
)
TABLES = Limit("invitation_table", most=60, seconds=3600, each=MEMBER)
OFFER_CODES = Limit("offer_code", most=5, seconds=3600, each="an offer from a network")
OFFER_CODES_EVERYWHERE = Limit("offer_code_everywhere", most=20, seconds=3600, each="an offer")
OFFER_CODES_NETWORK = Limit("offer_code_network", most=20, seconds=3600, each=NETWORK)
