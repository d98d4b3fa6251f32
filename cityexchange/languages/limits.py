"""How often a member may translate, ask for it, and say thank you."""

from cityexchange.core.limits import MEMBER, Limit

ASKS = Limit("ask_translation", most=20, seconds=24 * 3600, each=MEMBER, is_writing=True)
THANKS = Limit("thank_translator", most=60, seconds=300, each=MEMBER, is_writing=True)
TRANSLATIONS = Limit("translation", most=30, seconds=300, each=MEMBER, is_writing=True)
