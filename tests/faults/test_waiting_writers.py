"""While one writer holds on, the others wait beside those who read, for a while, and then hear so with their words kept."""

import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest

from tests.chat.test_live_server import ChatServer, rooms
from tests.core.test_log_lines import lines
from tests.faults.asking import ask, at_once
from tests.prepared import database_with

pytestmark = [pytest.mark.no_app, pytest.mark.every_database]
WRITERS = 30
MESSAGES = "/chat/rooms/1/messages"
READ = ["/", "/chat/rooms/1", "/cities", "/settings", "/healthz"]
BUSY = {"en": "We are busy for a moment", "fr": "Nous sommes très sollicités", "ar": "نحن منشغلون للحظة"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("waiting")
    url = database_with(rooms, "waiting", folder)
    with ChatServer(folder, url, DATABASE_PATIENCE="1.5") as server:
        yield server


@contextmanager
def held(url):
    """Another program has begun to write and does not come to an end."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as line:
            line.execute("BEGIN IMMEDIATE")
            yield
            line.execute("ROLLBACK")
    else:
        with psycopg.connect(url.replace("+psycopg", "")) as line:
            line.execute("LOCK TABLE messages IN SHARE MODE; SELECT id FROM rooms FOR UPDATE")
            yield
            line.rollback()


def posts(server, many=WRITERS):
    cookie = server.sign_in()
    return [(server, MESSAGES, cookie, {"text": f"Words {n} " * 9, "nonce": f"n-{n}"}) for n in range(many)]


@pytest.mark.parametrize("who", ["a visitor", "a member"])
def test_while_thirty_wait_to_write_whoever_reads_is_answered(server, who):
    cookie, questions = server.sign_in(2) if who == "a member" else "", posts(server)
    with held(server.database_url):
        waiting = at_once(*questions)
        answers = [ask(server, path, cookie).status for path in READ for _ in range(5)]
        assert set(answers) <= {200, 302}, "each answered though nobody let go yet"
        refusals = [answer.result() for answer in waiting]
    assert {answer.status for answer in refusals} == {503}
    assert ask(server, MESSAGES, server.sign_in(3), text="Now.", nonce=f"after-{who}").status == 303


@pytest.mark.parametrize("language", BUSY)
def test_who_waited_too_long_hears_so_in_words_with_what_was_typed(server, language):
    words = "Merci, 谢谢 <b>&\r\n" * 5
    cookie = server.sign_in()
    with held(server.database_url):
        answer = ask(server, f"{MESSAGES}?lang={language}", cookie, text=words, nonce=f"kept-{language}")
    assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0
    assert BUSY[language] in answer.text and answer.given_back == [words]
    assert f'action="{MESSAGES}?lang={language}"' in answer.text
    told = [line for line in lines(server) if line.get("request_id") == answer.headers["X-Request-Id"]]
    assert sorted(line["event"] for line in told) == ["outage", "request"], (
        "one line, and no way through our code"
    )


def test_who_waited_and_came_to_their_turn_wrote_once(server):
    questions = posts(server, 8)
    with held(server.database_url):
        waiting = at_once(*questions)
        assert ask(server, "/cities").status == 200 and not any(answer.done() for answer in waiting)
    assert [answer.result().status for answer in waiting] == [303] * 8
    page = ask(server, "/chat/rooms/1", server.sign_in()).text
    assert all(page.count(f"Words {n} Words {n}") >= 1 for n in range(8))
