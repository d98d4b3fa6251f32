"""How often a member's words are kept: a script does it while they type, a button now and then."""

from cityexchange.core.limits import MEMBER, Limit

DRAFTS = Limit("draft", most=120, seconds=300, each=MEMBER, is_writing=True)
