"""How much work a text is, told from its signs before anybody reads it: its length alone does not tell.

A long report of prose takes ten milliseconds, the same length of heads of tables without rows half a second.
"""

import re

from cityexchange.core.unseen import says_nothing

FIRST_LETTER = re.compile(r"^[^\W\d_]", re.MULTILINE)
"""Whatever Markdown makes of such a line, its letter is shown, unless something in brackets goes on there."""
COSTS = {
    "\n": 45,
    "[": 40,
    "|": 20,
    "*": 12,
    "_": 12,
    "~": 12,
    ">": 15,
    "@": 60,
    "/": 6,
    ".": 10,
    "\\": 3,
    "<": 3,
    "&": 3,
}
"""What a sign costs at most in the shapes of tests/core/test_text_cost.py, in about microseconds of one machine."""
MOST_WORK = 250_000
"""What is more is shown as typed. A table that fills a post is about 190,000."""
HEAVY = 40_000
"""From here on a text is read beside the event loop."""


def work_of(text: str) -> int:
    return len(text) + sum(text.count(sign) * cost for sign, cost in COSTS.items())


def is_seen_at_once(text: str) -> bool:
    """Whether something of it is seen whatever is made of it: so it is with most texts."""
    found = FIRST_LETTER.search(text) if "[" not in text else None
    return found is not None and not says_nothing(found.group())
