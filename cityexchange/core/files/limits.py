"""How often files may be sent."""

from cityexchange.core.limits import MEMBER_OR_NETWORK, Limit

UPLOADS = Limit("upload", most=60, seconds=300, each=MEMBER_OR_NETWORK, is_writing=True)
