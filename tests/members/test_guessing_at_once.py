"""Abuse case 18: many tries of one moment, against the real server: what is slow is begun as often as the limit says, and not once more."""

import threading

import pytest
import requests

from cityexchange.archive.limits import EXPORTS
from cityexchange.core.files.limits import UPLOADS
from cityexchange.members.limits import (
    CODES_TO_ADDRESS,
    JOIN_CODES,
    JOINS,
    PER_ACCOUNT,
    PROOFS,
    WRONG_PASSWORDS,
)
from tests.core.live import ProbeServer, probed
from tests.files.factories import PDF
from tests.prepared import database_with

pytestmark = pytest.mark.no_app

WRONG, NEW = "not the right one", "quite another password"
JOIN = {
    "name": "Ana Silva", "email": "ana@lyon.example", "job_title": "Planner", "city_name": "Lyon", "password": NEW, "again": NEW,
}  # fmt: skip
PASSWORDS = {"current": WRONG, "password": NEW, "again": NEW}
NOTHING = ""
KINDS = {
    "sign-ins": (PER_ACCOUNT, "_matches", "/sign-in", {"email": "m1@city.example", "password": WRONG}),
    "codes by mail": (CODES_TO_ADDRESS, NOTHING, "/sign-in/code", {"email": "m2@city.example"}),
    "requests for a place": (JOINS, "_hash", "/join", JOIN),
    "codes typed": (JOIN_CODES, NOTHING, "/join/code", {"code": "000000"}),
    "current passwords": (WRONG_PASSWORDS, "_matches", "/settings/password", PASSWORDS),
    "proofs before leaving": (PROOFS, "_matches", "/settings/leave", {"proof": WRONG}),
    "exports": (EXPORTS, NOTHING, "/settings/data/json", {}),
    "uploads": (UPLOADS, "look_at", "/files", {}),
}
"""The limit, what is slow behind it and done beside the event loop, and what is sent."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("at-once")
    with ProbeServer(folder, database_with(probed, "at_once", folder)) as server:
        yield server


def sender(server, path, data):
    cookie = server.sign_in(1) if path.startswith(("/settings", "/files")) else ""

    def send():
        files = {"file": ("plan.pdf", PDF)} if path == "/files" else None
        how = {"headers": {"Cookie": cookie}, "allow_redirects": False}
        return requests.post(server.base_url + path, data=data, files=files, **how)

    return send


def all_at_once(send, number):
    """What each of them is answered."""
    together, answers = threading.Barrier(number), []

    def come():
        together.wait()
        answers.append(send())

    people = [threading.Thread(target=come) for _ in range(number)]
    [one.start() for one in people]
    [one.join() for one in people]
    return answers


@pytest.mark.parametrize("kind", KINDS)
def test_of_many_at_once_as_many_are_looked_at_as_are_allowed(server, kind):
    limit, work, path, data = KINDS[kind]

    def begun():
        return requests.get(f"{server.base_url}/probe/begun/{work}").json() if work else 0

    send, before = sender(server, path, data), begun()
    answers = all_at_once(send, limit.most + 15)

    refused = [one for one in answers if one.status_code == 429]
    assert len(answers) - len(refused) == limit.most
    assert begun() - before == (limit.most if work else 0)
    assert all(int(one.headers["Retry-After"]) > 0 for one in refused)
    assert not any(one.status_code >= 500 for one in answers)
