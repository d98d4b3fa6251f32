"""How much a member may write in forums, far above what anybody does by hand."""

from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS

POSTS = Limit("post", most=20, seconds=300, each=MEMBER, is_writing=True)
EDITS = Limit("edit_post", most=60, seconds=300, each=MEMBER, is_writing=True)
SUGGESTIONS = Limit("suggest", most=120, seconds=60, each=MEMBER, store=PROCESS)
