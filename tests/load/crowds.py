"""What a reply costs the web process where many follow the topic, beside one that nobody hears of."""

import statistics
import urllib.parse

from tests.load.measuring import Load, cell
from tests.load.sides import WORDS, Reader

NAME = "reply to a crowd"
TOPICS = {"nobody": range(112, 122), "200": range(102, 112)}
"""By how many follow them: see FOLLOWED and UNFOLLOWED in cityexchange/demo/volume/boards.py."""
MOST = 1.3
"""Times what a reply costs of which nobody hears."""


def measure(facts, options, folder):
    """{database: {how many follow: CPU milliseconds of the web process for a reply}}, in rounds that change from one to the other."""
    if options.only and NAME not in options.only.split(","):
        return {}
    return {name: measure_one(fact["server"], options, folder) for name, fact in facts.items()}


def measure_one(server, options, folder):
    # A writer beyond those 200.
    loads, cells = loads_of(Reader(server.base_url, "m0300@volume.example")), {}
    for load in loads.values():
        cell(load, server.base_url, [server.process.pid], 1, 1, folder)
    for _ in range(2 * options.rounds):
        for crowd, load in loads.items():
            one = cell(load, server.base_url, [server.process.pid], options.seconds, 1, folder)
            assert not one["wrong"], f"{one['wrong']} of {one['count']} replies were refused"
            cells.setdefault(crowd, []).append(one["cpu_ms"])
    return {crowd: statistics.median(costs) for crowd, costs in cells.items()}


def loads_of(reader):
    form = urllib.parse.urlencode({"text": WORDS, "csrf_token": reader.reply_token})
    headers = reader.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    return {
        crowd: Load(*(f"/topics/{id}/posts" for id in topics), headers=headers, body=f"{form}&nonce=n-NONCE")
        for crowd, topics in TOPICS.items()
    }


def table(found):
    lines = ["## A reply that many hear of: CPU milliseconds of the web process\n",
             "| database | nobody follows | 200 follow | x | target |", "| --- | --- | --- | --- | --- |"]  # fmt: skip
    lines += [
        f"| {name} | {one['nobody']:.2f} | {one['200']:.2f} | {one['200'] / one['nobody']:.2f} | {MOST} |"
        for name, one in found.items()
    ]
    return "\n".join(lines) + "\n"
