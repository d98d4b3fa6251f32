"""A real server whose disk is full, its log's too: what it writes finds no room, and it serves on."""

import resource
from contextlib import contextmanager

import pytest

from tests.chat.test_live_server import ChatServer, rooms
from tests.faults.asking import ask
from tests.load.measuring import family
from tests.prepared import database_with
from tests.session import database_kind

pytestmark = [pytest.mark.no_app, pytest.mark.every_database]
WRITES = 507 if database_kind() == "sqlite" else 303
"""PostgreSQL has a disk of its own."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    with ChatServer(folder, database_with(rooms, "full", folder)) as server:
        yield server


@contextmanager
def disk_full(server):
    """For the processes of the server no file grows beyond a few bytes."""
    was = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in family(server.process.pid)}
    for pid, (_, most) in was.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (64, most))
    try:
        yield
    finally:
        for pid, limits in was.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def test_with_a_full_disk_writing_is_refused_in_words_and_reading_goes_on(server):
    cookie, before = server.sign_in(), server.log.stat().st_size
    with disk_full(server):
        answers = [ask(server, "/chat/rooms/1/messages", cookie, text=f"Words {n} " * 9) for n in range(3)]
        read = {ask(server, path, who).status for path in ("/", "/cities") for who in ("", cookie)}
    assert [answer.status for answer in answers] == [WRITES] * 3 and read == {200}
    if WRITES == 507:
        assert [answer.given_back for answer in answers] == [[f"Words {n} " * 9] for n in range(3)]
    assert server.log.stat().st_size == before, "lines of the log were lost, and nothing else"


def test_once_there_is_room_everything_is_written_again(server):
    cookie = server.sign_in()
    with disk_full(server):
        ask(server, "/chat/rooms/1/messages", cookie, text="Too early.")
    size = server.log.stat().st_size
    assert ask(server, "/chat/rooms/1/messages", cookie, text="There is room.").status == 303
    assert "There is room." in ask(server, "/chat/rooms/1", cookie).text
    assert server.log.stat().st_size > size
