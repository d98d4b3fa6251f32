"""How often a member may answer with one press, or ask to be reminded."""

from cityexchange.core.limits import MEMBER, Limit

ANSWERS = Limit("digest_answer", most=60, seconds=300, each=MEMBER, is_writing=True)
