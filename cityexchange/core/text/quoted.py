"""Of rendered words, what somebody says themselves."""

import re

QUOTED = re.compile(r"<blockquote[^>]*>(?:(?!<blockquote).)*?</blockquote>", re.DOTALL)


def own_words(html: str) -> str:
    """Without what is quoted; quotes within quotes go from the inside."""
    rest = QUOTED.sub("", html)
    return rest if rest == html else own_words(rest)
