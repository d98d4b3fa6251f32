"""docs/scale.md: what was measured, beside what we aim at."""

import os
from datetime import UTC, datetime

from tests.load import crowds

TARGETS = {
    "forum index": (1.5, 2.5), "topic list": (1.5, 3.0), "topic page": (1.5, 3.0), "workshop list": (1.5, 3.0),
    "workshop page": (1.5, 3.0), "reply": (None, 4.0), "reply, 16 at once": (None, 3.5),
}  # fmt: skip
"""CPU milliseconds a request for a visitor and for a member."""
MOST_MEMORY = 130
MOST_A_DELIVERY = 15
MOST_A_SAVED_MESSAGE = 8
MOST_A_CONNECTION = 60
MOST_GROWTH = 1.2
"""Of a page, at ten times the volume."""
HOW = """
## How it was measured

`make bench` (`tests/load/bench.py`): `flask --app wsgi demo volume` with its defaults (20 forums, 2,000 topics, 50,000 posts
of about 120 words, one topic of 2,000; 500 writers, 1,000 registrants at one workshop), one gunicorn process with gevent as in
`make run`, `wrk` with 16 connections (1 for "reply"), rounds interleaved between all servers, medians of the rounds. CPU is
read from /proc over whole process trees, application and database together; it holds under other load where wall time does not.
The floor (`tests/load/floor_app.py`) asks the same rows with raw SQL and plain Jinja under the same gunicorn. Topic pages go round
100 topics, deep pages round ten pages of the long topic, as readers share pages; pages are uncompressed unless the row says otherwise.
Visitors share finished pages by version; what makes a page the first time costs about what a member's page costs. Members who see the
same share the posts of a page and the board of forums by version: here one member reads, so all but the first look find
them made. That first look costs about 1.4 times as much on a topic page, twice as much on the forum index.
A topic is followed by whoever began it, so a reply tells one member of it. Ten times the volume is 20,000 topics and 500,000 posts of
the same writers, in a database of its own; what its statements visit is counted by `tests/forums/test_growth.py`.

A reply that many hear of (`tests/load/crowds.py`): one member replies in ten topics that nobody follows and in ten that 200 do, in turn. The web
process alone: the first four are told by it, the others by the worker, which does not run here.

Memory is what the web process itself holds (RSS; PSS counts shared pages by halves), without its arbiter. About 80 MB of it are
Python, gevent, Flask and SQLAlchemy with our models. The language model takes 6, the rest of it
is read from its file as needed. SQLite reads into 4 MB a connection and maps nothing, or the whole
database would count. The rest are finished pages and posts, kept within bounds.

Live: a room in a bare server on our fan-out (`tests/load/live_app.py`), the same on the libraries' own way ("stock"), and Socket.IO's own
server on Node (`tests/load/reference.mjs`); four talkers, every message to every client. The client (`tests/load/live_load.c`) counts only
parsed frames; latency runs from the moment a message was due. Latency and loss are told only of a machine with a core to spare.
A saved message (`tests/load/saved.py`): 200 signed-in members in one room of the real application, 20 messages a second from eight of them;
policy, SQL, Markdown, language and fan-out; application and database. The same members on the real application cost some 12 KB a
connection more than in the bare server.

A weekly letter (`tests/load/digests.py`): 5,000 members of 40 cities that each share three themes and need three, on the Monday after the newest
post; the time of the worker's process from choosing to the finished mail, without a mail server.

A lost right (`tests/load/rights.py`): a member signs out in one of two processes on PostgreSQL, their line is in the other. Redis brings the order at
once; without it the other process reads rows twice a second, which takes a quarter of a second in the middle.
"""
WAITS = """
## What a reply waits for on PostgreSQL

The target of 4 ms for 16 replies at once is not reached, and the wait is the smaller part of what is missing. Looked at on 2026-11-30 with
`pg_stat_activity`, a sampler of CPU time in the process, and interleaved rounds on a machine that had other work to do: single rounds
lie up to a third apart, so what is told are medians of paired ratios, and differences under a tenth mean nothing.

**What waits.** In the row "reply, 16 at once" one member writes in 100 topics. Of the 16 connections 11.6 stood at any moment
at the row that counts this member's limit, from the start of the first reply to its commit; hardly one at a topic or a forum. Without counting it at
all (5 rounds) the row cost 0.71 of what it does, the database's share 0.52. Sixteen members in one topic wait for the topic's row (4.7 in line),
and 16 members in 100 topics for next to nothing: that cost no more than replies one by one. PostgreSQL wakes all who wait for a row as
soon as it is free, and all but one go back to sleep: 39 sleeps of the database for each reply instead of 12 for one alone (32 in one topic). The
application's own CPU was the same alone and among 16 in three runs of four, and a third higher among 16 in one.

**What does not wait** is most of it: four fifths of a reply are the application's own CPU. Of that, two records
read through the session (the member, the topic) take a fifth, the seven statements after them a sixth, Markdown and the language of the text a sixth;
the rest is Flask, forms and gunicorn. A question and its answer cost 20 microseconds here and 15 there, so fewer round trips alone
gain little: five statements sent together in a pipeline cost the application more (30 to 40 each), not less.

| tried, as a share of what it was | one member, 16 at once | 16 members, one topic | one by one | |
| --- | --- | --- | --- | --- |
| a line in the process before limit, topic and forum | 0.90 to 1.04 (database 0.73 to 0.83) | 0.96 to 1.02 (database 0.85 to 0.99) | 0.94 to 1.09 | 13 sleeps, but the middle answer took a quarter to two thirds longer: dropped |
| the limit counted last | 0.85 to 0.93 | 0.95 | 0.86 to 1.09 | who is over the limit would first do the whole work: dropped |
| one statement for topic, post, forum, follow, read position and mails | 0.80 to 0.82 | 0.70 to 0.88 | 0.77 to 0.83 | on trial, without the nonce's second way, mentions and files: not kept |

The one statement (a `WITH` of six that change rows) is the only way that helped everywhere, also alone: less for its shorter hold on the rows than for sparing
five times what is done around a statement. SQLite knows no such statement, so each rule of a reply would stand twice, once as raw SQL;
and it would take a reply to about four fifths, not to the half that the target asks. The next place to look is the reading of
member and topic as records of the session, which was not tried. No limit, count or version was loosened for this.
"""
"""Found by hand, once: what the rows of replies hide."""
KEEPING = """
## Why single posts, messages, cards and lines are kept too

Pages are kept whole for visitors, their large parts by version (`core/pages.py`), and beside that each post, message, card and line by what it
shows (`cached_fragment`, `forums/fragments.py`). This third level was to go. It was taken out once and measured: without it a page of
posts costs 1.08 to 1.14 times what it does, messages, cards and lines 1.3 to 5 times. So it stands. It is the same store as the second
level; and where one reply makes a list of posts new, all but one of the posts in it are what they were.
"""
"""Found by hand, once: each level taken out, and the pages beside it measured."""


def page(pages, live, facts, saved, lost, growth, crowded, options):
    parts = [head(options), *(table(name, pages) for name in facts), memory_table(facts)]
    if growth:
        parts.append(growth_table(growth))
    if crowded:
        parts.append(crowds.table(crowded))
    if live:
        parts.append(live_table(live))
    if saved:
        parts.append(saved_table(saved, live))
    if lost:
        parts.append(lost_table(lost))
    return "\n".join([*parts, remarks(pages, live, facts, saved, growth), WAITS, KEEPING, HOW])


def head(options):
    kind = (
        "one short round" if options.quick else f"{options.rounds} interleaved rounds of {options.seconds} s"
    )
    return (
        "# Scale: what a page costs\n\n"
        f"Measured on {datetime.now(UTC):%Y-%m-%d} on a machine with {os.cpu_count()} cores, {kind}. Written by `make bench`. "
        "CPU milliseconds per request, application and database together; absolute times move from machine to machine, "
        "the ratios to the floor hold.\n"
    )


def table(name, pages):
    lines = [
        f"## Pages on {name}\n",
        "| page | floor | visitor | x floor | target | member | x floor | target | KB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for title in dict.fromkeys(page for page, _ in pages):
        lines.append(
            row(title, *(pages.get((title, f"{name} {who}")) for who in ("floor", "visitor", "member")))
        )
    return "\n".join(lines) + "\n"


def row(title, floor, visitor, member):
    cells = [number(floor)]
    for side, target in zip((visitor, member), TARGETS.get(title, (None, None)), strict=True):
        cells += [number(side), ratio(side, floor), str(target or "")]
    return f"| {title} | {' | '.join(cells)} | {(member or visitor)['kb']:.0f} |"


def number(side):
    return f"{side['cpu_ms']:.2f}" if side else ""


def ratio(side, floor):
    return f"{side['cpu_ms'] / floor['cpu_ms']:.1f}" if side and floor else ""


def growth_table(growth):
    lines = ["## At ten times the volume: what a page costs a member\n", "| page | database | usual | tenfold | x |",
             "| --- | --- | --- | --- | --- |"]  # fmt: skip
    lines += [
        f"| {page} | {name} | {usual:.2f} | {tenfold:.2f} | {tenfold / usual:.2f} |"
        for page, name, usual, tenfold in grown(growth)
    ]
    return "\n".join(lines) + "\n"


def grown(growth):
    for (page, side), one in growth.items():
        name, size = side.rsplit(" ", 1)
        if size == "usual":
            yield page, name, one["cpu_ms"], growth[page, f"{name} tenfold"]["cpu_ms"]


def memory_table(facts):
    lines = ["## Memory of the web process, MB RSS (PSS)\n", "| database | started | after all pages | after 200 live lines | floor | target | volume loaded in |",
             "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for name, fact in facts.items():
        sizes = (f"{fact[when][0]:.0f} ({fact[when][1]:.0f})" for when in ("empty", "full", "live", "floor"))
        lines.append(f"| {name} | {' | '.join(sizes)} | {MOST_MEMORY} | {fact['loading']:.0f} s |")
    return "\n".join(lines) + "\n"


def live_table(live):
    lines = ["## Live: CPU microseconds for each delivered message\n", "| clients x messages a second | server | us a delivery | p50 / p99 ms | delivered | KB a connection |",
             "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for (clients, pace, name), one in live.items():
        share = one["delivered"] / max(1, one["expected"])
        lines.append(
            f"| {clients:,} x {pace} | {name} | {one['us']:.1f} | {one['p50']:.0f} / {one['p99']:.0f} | {share:.1%} | {one['kb']:.0f} |"
        )
    return "\n".join(lines) + "\n"


def saved_table(saved, live):
    lines = ["## Live: CPU milliseconds for each saved message, on the real application\n",
             "| database | in all | deliveries | beside them | target | saved |", "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for name, one in saved.items():
        lines.append(
            f"| {name} | {one['ms']:.1f} | {one['deliveries']:.0f} | {beside(one, live):.1f} | {MOST_A_SAVED_MESSAGE} | {one['saved']:.0%} |"
        )
    return "\n".join(lines) + "\n"


def lost_table(lost):
    lines = ["## Live: milliseconds from signing out in one process to the end of a line in another\n",
             "| between the processes | median | longest |", "| --- | --- | --- |"]  # fmt: skip
    for name, one in lost.items():
        lines.append(f"| {name} | {one['median']:.0f} | {one['longest']:.0f} |")
    return "\n".join(lines) + "\n"


def beside(one, live):
    """Without its deliveries, at what one of them costs with as many clients."""
    return one["ms"] - one["deliveries"] * live[200, 20, "ours"]["us"] / 1000


def remarks(pages, live, facts, saved, growth):
    lines = [*missed_pages(pages), *missed_live(live)]
    lines += [
        f"- {page}, {name}: {tenfold / usual:.2f} times as much at ten times the volume, target {MOST_GROWTH}."
        for page, name, usual, tenfold in grown(growth)
        if tenfold > MOST_GROWTH * usual
    ]
    lines += [
        f"- saved message, {name}: {beside(one, live):.1f} ms beside its deliveries, target {MOST_A_SAVED_MESSAGE}."
        for name, one in saved.items()
        if beside(one, live) > MOST_A_SAVED_MESSAGE
    ]
    lines += [
        f"- {name}: {fact['full'][0]:.0f} MB, above {MOST_MEMORY}."
        for name, fact in facts.items()
        if fact["full"][0] > MOST_MEMORY
    ]
    return "## Where we miss our target\n\n" + ("\n".join(lines) or "Nowhere in this run.") + "\n"


def missed_pages(pages):
    for (title, side), found in pages.items():
        for who, target in zip(("visitor", "member"), TARGETS.get(title, (None, None)), strict=True):
            if side.endswith(who) and target and found["cpu_ms"] > target:
                yield f"- {title}, {side}: {found['cpu_ms']:.2f} ms, target {target}."
        if found["wrong"]:
            yield f"- {title}, {side}: {found['wrong']:.0f} requests were refused or failed."
        first = pages.get(("topic page", side))
        if title == "deep page" and first and found["cpu_ms"] > first["cpu_ms"] * 1.1:
            yield f"- deep page, {side}: {found['cpu_ms'] / first['cpu_ms']:.2f} times the first page, target 1.1."


def missed_live(live):
    for (clients, pace, name), one in live.items():
        node = live.get((clients, pace, "Node"))
        if name == "ours" and (one["us"] > MOST_A_DELIVERY or one["us"] > node["us"]):
            yield f"- {clients:,} x {pace}/s: {one['us']:.1f} us a delivery, target {MOST_A_DELIVERY}, Node {node['us']:.1f}."
        if name == "ours" and clients >= 1_000 and one["kb"] > MOST_A_CONNECTION:
            yield f"- {clients:,} clients: {one['kb']:.0f} KB a connection, target {MOST_A_CONNECTION}."
