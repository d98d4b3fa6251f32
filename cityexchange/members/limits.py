"""How often one may sign in, ask for a code or a place, and prove who one is. Tries are counted before anybody looks at them."""

from cityexchange.core.limits import EVERYBODY, MANY_ASK, MEMBER, MEMBER_OR_NETWORK, NETWORK, Limit
from cityexchange.core.limits.stores import PROCESS
from cityexchange.members.known_browsers import NARROW

SECOND_TRIES = Limit(
    "second_factor", most=10, seconds=900, each="a known browser, or a member from all others"
)
ADDRESS_CHANGES = Limit("new_address", most=5, seconds=86400, each=MEMBER)
RENAMES = Limit("rename", most=10, seconds=3600, each=MEMBER)
"""Other names than one has, taken or refused: a refusal tells that somebody is called so."""
PROOFS = Limit("sure", most=10, seconds=900, each=MEMBER)
"""Wrong proofs before a factor is changed."""
JOINS = Limit("join", most=10, seconds=3600, each=NETWORK)
JOINS_OF_ALL = Limit("join_of_all", most=60, seconds=60, each=EVERYBODY, is_writing=True, words=MANY_ASK)
JOIN_CODES = Limit("join_code", most=30, seconds=3600, each=NETWORK)
CODES_FROM_NETWORK = Limit("mail_code_network", most=20, seconds=3600, each=NETWORK)
CODES_TO_ADDRESS = Limit("mail_code_address", most=5, seconds=3600, each=NARROW)
CODES_FROM_EVERYWHERE = Limit("mail_code_everywhere", most=20, seconds=3600, each="an address")
TYPED_CODES = Limit("mail_code_typed", most=30, seconds=3600, each=MEMBER_OR_NETWORK)
NAME_LOOKUPS = Limit("name_lookup", most=120, seconds=60, each=MEMBER, store=PROCESS)
PASSKEY_QUESTIONS = Limit("passkey_question", most=60, seconds=900, each=NETWORK)
PASSKEY_ANSWERS = Limit("passkey_answer", most=20, seconds=900, each=NETWORK)
WRONG_PASSWORDS = Limit("password_change", most=10, seconds=900, each=MEMBER)
PER_ACCOUNT = Limit("sign_in_account", most=10, seconds=900, each=NARROW)
ACCOUNT_EVERYWHERE = Limit("sign_in_account_everywhere", most=30, seconds=900, each="an address")
PER_NETWORK = Limit("sign_in_network", most=50, seconds=900, each=NETWORK)
