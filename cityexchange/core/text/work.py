"""How much work a text is, told from its signs before anybody reads it: its length alone does not tell.

A long report of prose takes ten milliseconds, the same length of heads of tables without rows half a second.
"""

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
"""What a sign costs at most in the shapes of tests/core/test_text_work.py, in about microseconds of one machine."""
MOST_WORK = 250_000
"""What is more is shown as typed. A table that fills a post is about 190,000."""
HEAVY = 40_000
"""From here on a text is read beside the event loop."""


def work_of(text: str) -> int:
    return len(text) + sum(text.count(sign) * cost for sign, cost in COSTS.items())
