"""How much a member may write in forums, far above what anybody does by hand."""

from cityexchange.core.limits import WriteLimit

POSTS = WriteLimit("post", most=20, seconds=300)
EDITS = WriteLimit("edit_post", most=60, seconds=300)
