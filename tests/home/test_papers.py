"""What the papers promise in figures and names is what the product does: each is looked up where it is declared."""

import inspect
import re
from pathlib import Path

import pytest
from flask_security.utils import hash_password

from cityexchange.chat.reading import BATCH
from cityexchange.core.limits import declared
from cityexchange.core.sockets import expiry, socketio
from cityexchange.core.sockets.doors import LARGEST_PACKET
from cityexchange.forums.models.posts import PAGE
from cityexchange.identity import outside
from cityexchange.members import known_browsers, passkeys
from cityexchange.members.codes import CODE_LIFE, MOST_TRIES
from cityexchange.members.factors import RECOVERY_CODES, SecondStep
from config import Config
from tests.factories import MemberFactory

ROOT = Path(__file__).parents[2]
NUMBERS = {"two": 2, "five": 5, "eight": 8, "ten": 10, "half an hour": 30}
IN_SECONDS = {"10 seconds": 10, "a minute": 60, "5 minutes": 300}


def paper(name):
    return " ".join((ROOT / name).read_text().split())


def minutes_between_the_proofs():
    return int(re.search(r"timedelta\(minutes=(\d+)\)", inspect.getsource(SecondStep.begin))[1])


FIGURES = [
    ("docs/signing-in.md", r"A code is good for (half an hour), once", CODE_LIFE.total_seconds() / 60),
    ("docs/signing-in.md", r"once, for (\w+) tries, in the browser", MOST_TRIES),
    ("docs/signing-in.md", r"passkeys \(WebAuthn, at most (\w+);", passkeys.MOST),
    ("docs/signing-in.md", r"and (\w+) recovery codes that are shown once", RECOVERY_CODES),
    ("docs/signing-in.md", r"a row that ends after (\w+) minutes", minutes_between_the_proofs()),
    ("docs/signing-in.md", r"no redirects, (\w+) seconds, one megabyte", outside.SECONDS),
    ("SECURITY.md", r"the proof is a typed six-digit code \((half an hour), five tries\)", CODE_LIFE.total_seconds() / 60),
    ("SECURITY.md", r"without redirects, for (\w+) seconds and a megabyte", outside.SECONDS),
    ("SECURITY.md", r"A request has at most (\d+) MB \(2 MB of form fields\)", Config.MAX_CONTENT_LENGTH / 2**20),
    ("SECURITY.md", r"at most 25 MB \((\d+) MB of form fields\)", Config.MAX_FORM_MEMORY_SIZE / 2**20),
    ("SECURITY.md", r"a live packet (\d+) KB", LARGEST_PACKET / 1024),
    ("docs/contract.md", r"forums; (\d+) posts a page", PAGE),
    ("docs/contract.md", r"HTML of at most (\d+) posts after a position", PAGE),
    ("docs/contract.md", r"up to (\d+) messages after number `after`", BATCH),
    ("docs/it-department.md", r"`known` \(likewise, (\d+) days, a digest\)", known_browsers.KEPT_FOR / 86400),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "is_so"), FIGURES, ids=[words for _, words, _ in FIGURES])
def test_a_figure_of_a_paper_is_that_of_the_product(name, words, is_so):
    said = re.search(words, paper(name))

    assert said, "the paper says it in other words now"
    assert (NUMBERS[said[1]] if said[1] in NUMBERS else int(said[1])) == is_so


def test_lost_rights_hang_up_within_what_is_promised():
    said = re.search(
        r"within (\w+) seconds, in every process, also while Redis is down", paper("SECURITY.md")
    )

    assert NUMBERS[said[1]] >= 2 * expiry.EVERY


LIMITS = [
    ("topics and replies (\\d+) in (5 minutes)", ["post"]),
    ("edits (\\d+),", ["edit_post"]),
    ("files (\\d+),", ["upload"]),
    ("bookmarks and their notes (\\d+),", ["bookmark"]),
    ("choices of what one follows (\\d+),", ["follow"]),
    ("drafts (\\d+),", ["draft"]),
    ("registrations and memberships (\\d+) of each", ["translation", "application", "offer", "workshop", "registration", "membership"]),
    ("chat messages (\\d+) in (10 seconds)", ["message"]),
    ("`/mentions/called` together (\\d+) in (a minute)", ["name_lookup"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "names"), LIMITS, ids=[words for words, _ in LIMITS])
def test_the_contract_tells_the_limits_of_writing_as_they_are(app, words, names):
    said = re.search(words, paper("docs/contract.md"))
    seconds = IN_SECONDS[said[2]] if len(said.groups()) > 1 else 300

    assert {(declared[name].most, declared[name].seconds) for name in names} == {(int(said[1]), seconds)}


def test_the_contract_tells_every_live_event_that_is_listened_to(app):
    table = paper("docs/contract.md").split("| client sends |")[1].split("Server sends")[0]
    told = set(re.findall(r"`([a-z]+:[a-z]+) \{", table))

    assert told == set(socketio.server.handlers["/"]) - {"connect", "disconnect"}


def test_the_contract_tells_every_setting_that_is_read():
    told = paper("docs/contract.md").split("## Settings")[1].split("## Pages")[0]
    read = set(re.findall(r'setting\(\s*"([A-Z0-9_]+)"', (ROOT / "config.py").read_text()))

    assert read - {"FLASK_RUN_FROM_CLI"} <= set(re.findall(r"`([A-Z0-9_]+)`", told))


def test_the_cookies_are_those_that_the_it_department_reads_of(app, visitor):
    password = "a long enough one"
    member = MemberFactory(password=hash_password(password))
    answers = [
        visitor.get("/?lang=ar"),
        visitor.post("/sign-in", data={"email": member.email, "password": password}),
        visitor.get("/settings"),
        visitor.post("/sign-out"),
    ]
    cookies = {one.split("=")[0] for answer in answers for one in answer.headers.getlist("Set-Cookie")}
    row = next(
        line
        for line in (ROOT / "docs/it-department.md").read_text().splitlines()
        if line.startswith("| Cookies")
    )

    assert cookies | {"theme"} == set(re.findall(r"`([a-z]+)`", row))
    for name in cookies:
        said = visitor.get_cookie(name)
        assert said is None or (said.http_only and said.same_site == "Lax")
