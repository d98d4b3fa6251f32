"""The part of docs/scale.md that tells of the flood."""

import re
from datetime import UTC, datetime

from tests.load import flood

TITLE = "## Beside a flood"
HOW = f"""
For {flood.FLOOD} seconds, all from one process on the same machine (`tests/load/flooding.py`): 300 requests a second without a cookie, 50 sign-ins at
once, 20 posts of 20,000 characters of dense markup at once, and 5 lines that send as fast as they can. The illustrative community, one web
process, no limit stretched. Two members open pages in turn; their p95 is told against the {flood.QUIET} seconds before, in the same run. One of them says something
in a room once a second, the other listens. The CPU is that of our web process alone, until the last of the flood was answered; its sender's is not in it. Memory is that of the web process, before and {flood.AFTER} seconds after. The load is that of the machine just
before the flood: where it is not near 0, other work took part.
"""


def table(found):
    lines = [f"{TITLE}\n", f"Measured on {datetime.now(UTC):%Y-%m-%d} (`python -m tests.load.flood`).\n",
             "| database | members' p95 quiet, ms | beside the flood | x | target | 5xx of pages | memory before / after, MB | x | target | chat heard / said | server's CPU, s | load |",
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    lines += [row(name, one) for name, one in found.items()]
    lines += [
        "",
        "What the flood was answered:",
        "",
        *(f"- {name}: {answers(one)}." for name, one in found.items()),
    ]
    return "\n".join([*lines, HOW])


def row(name, one):
    cells = [
        f"{one['quiet']:.0f}", f"{one['beside']:.0f}", f"{one['beside'] / one['quiet']:.1f}", f"{flood.MOST_TIMES}",
        f"{one['wrong']} of {one['pages']}", f"{one['before']:.0f} / {one['after']:.0f}",
        f"{one['after'] / one['before']:.2f}", f"{flood.MOST_GROWTH}",
        f"{one['heard']} / {one['said']}{'' if one['in_order'] else ', out of order'}", f"{one['cpu']:.1f}", f"{one['load']:.1f}",
    ]  # fmt: skip
    return f"| {name} | {' | '.join(cells)} |"


def answers(one):
    return "; ".join(
        f"{kind} {', '.join(f'{count:,} x {answer}' for answer, count in sorted(counts.items()))}"
        for kind, counts in one["answers"].items()
    )


def with_section(text, section):
    """The page with this part in place of the old one, or before the first that tells how it was measured."""
    old = re.search(rf"{TITLE}\n.*?(?=\n## |\Z)", text, re.S)
    if old:
        return text[: old.start()] + section.rstrip() + "\n" + text[old.end() :]
    place = text.index("## Where we miss our target")
    return text[:place] + section.rstrip() + "\n\n" + text[place:]
