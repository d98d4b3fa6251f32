"""Whether anything of a text is to be seen once it is rendered: an empty quote, a link without words and &nbsp; are nothing."""

import re

from cityexchange.core.text.rendering import excerpt, html_of
from cityexchange.core.unseen import says_nothing

FIRST_LETTER = re.compile(r"^[^\W\d_]", re.MULTILINE)
"""Whatever Markdown makes of such a line, its letter is shown, unless something in brackets goes on there."""


def shows_nothing(markdown: str) -> bool:
    """Words, pictures, files by their names, rules and boxes are something."""
    return not _begins_with_letter(markdown) and _is_blank(html_of(markdown))


def _begins_with_letter(markdown):
    """So do most texts, and need no look at what rendering makes of them."""
    found = FIRST_LETTER.search(markdown) if "[" not in markdown else None
    return found is not None and not says_nothing(found.group())


def _is_blank(html):
    return "<hr" not in html and says_nothing(excerpt(html))
