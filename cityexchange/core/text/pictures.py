"""A picture that was sent in with a text is shown in it, small, and leads to the large one. Others stay links."""

import re
from urllib.parse import unquote

from markdown_it.token import Token

from cityexchange.core.db import db
from cityexchange.core.registries import Registry
from cityexchange.core.unseen import says_nothing

picture_sizes = Registry(
    "of pictures that were sent in: f({(id, name)}) -> {(id, name): (width, height)}, as a text shows them"
)
ADDRESS = re.compile(r"/files/(\d{1,12})/([^/?#]+)")
MOST = 50
"""Pictures looked up for one text; those after stay links."""


def sizes_in(addresses: list[str]) -> dict[str, tuple[int, int]]:
    """{address: (width, height)} of those that are pictures of ours. Threat: who counts numbers up must not learn which are taken, so
    an address names its file too."""
    found = {address: ADDRESS.fullmatch(address) for address in addresses[:MOST]}
    wanted = {address: (int(one[1]), unquote(one[2])) for address, one in found.items() if one}
    known: dict[tuple[int, str], tuple[int, int]] = {}
    # The record that is being written may be half made: a look-up must not flush it.
    with db.session.no_autoflush:
        for name in picture_sizes.names() if wanted else ():
            known |= picture_sizes[name](set(wanted.values()))
    return {address: known[one] for address, one in wanted.items() if one in known}


def shown(image: Token, size: tuple[int, int]) -> list[Token]:
    """The small one, with its size, so that nothing moves when it comes; a press leads to the large one. Who cannot see it hears
    the name of its file where the author said nothing else: a link needs a name."""
    address = str(image.attrs["src"])
    width, height = size
    if says_nothing("".join(child.content for child in image.children or ())):
        image.children = [Token("text", "", 0, content=unquote(address.rpartition("/")[2]))]
    image.attrs = {
        "src": f"{address}?size=small",
        "alt": "",
        "width": width,
        "height": height,
        "loading": "lazy",
    }
    opening = Token("link_open", "a", 1, attrs={"href": address, "class": "picture"})
    return [opening, image, Token("link_close", "a", -1)]
