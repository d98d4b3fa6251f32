"""Words of a post in a reply to it. The way back to the post stands with them, and nobody's name: the post shows it to who may read it."""

import re
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from cityexchange.core.text import excerpt
from cityexchange.core.text.quoted import own_words

MOST = 300
"""Characters of a post's beginning."""
MARKS = re.compile(r"([\\`*\[\]<])")


def quote_of(post: Any, html: str) -> str:
    """Of what the reader is shown of it: the beginning of its own words, without those that it quotes."""
    words = MARKS.sub(r"\\\1", excerpt(own_words(html), MOST))
    return f"> {words}\n>\n> {way_back(post.position, url_for('forums.show_post', id=post.id))}\n\n"


def way_back(number: Any, address: str) -> str:
    words = _("Post %(number)s", number=number)
    return f"[{words}]({address})"


def pattern() -> str:
    """For scripts, which know number and id of each post."""
    return way_back("{number}", url_for("forums.show_post", id=0).removesuffix("0") + "{id}")
