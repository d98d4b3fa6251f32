"""What people write: Markdown once for all features, turned into safe HTML when it is written.

    render("Merci @claire-vasseur, see #lyon") -> '<p dir="auto">Merci <a href=...>@claire-vasseur</a>, see ...</p>'

The HTML is stored beside the source; who changes how it is made raises RENDER_VERSION, and
`flask --app wsgi text rerender` brings the old rows up to date.
"""

from cityexchange.core.text.mentions import MentionKind, called_in, may_mention, mention_resolvers, renamed
from cityexchange.core.text.pictures import picture_sizes
from cityexchange.core.text.rendering import (
    MAX_LENGTH,
    RENDER_VERSION,
    excerpt,
    mentioned,
    plain,
    read_ahead,
    render,
    storable,
)
from cityexchange.core.text.visible import shows_nothing

__all__ = [
    "MAX_LENGTH",
    "RENDER_VERSION",
    "MentionKind",
    "called_in",
    "excerpt",
    "may_mention",
    "mention_resolvers",
    "mentioned",
    "picture_sizes",
    "plain",
    "read_ahead",
    "render",
    "renamed",
    "shows_nothing",
    "storable",
]
