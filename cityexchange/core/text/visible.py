"""Whether anything of a text is to be seen once it is rendered: an empty quote, a link without words and &nbsp; are nothing."""

from cityexchange.core.text.cost import is_seen_at_once
from cityexchange.core.text.heavy import found
from cityexchange.core.text.rendering import excerpt, html_of
from cityexchange.core.unseen import says_nothing


def shows_nothing(markdown: str) -> bool:
    """Words, pictures, files by their names, rules and boxes are something."""
    return not is_seen_at_once(markdown) and not found(markdown).is_seen and _is_blank(html_of(markdown))


def _is_blank(html):
    return "<hr" not in html and says_nothing(excerpt(html))
