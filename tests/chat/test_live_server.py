"""Chat against the real server: nothing is lost, nothing is doubled, nobody hears what is not for them."""

import threading

import pytest
import socketio.exceptions

from tests.core.live import Client, ProbeServer
from tests.patience import rest, wait_until
from tests.prepared import database_with
from tests.services import Redis

pytestmark = [pytest.mark.no_app, pytest.mark.every_database]
ROOM = {"room_id": 1}


class ChatServer(ProbeServer):
    module = "tests.chat.live_app"


def rooms(folder, url):
    """One room for all members, one for officials, one for everybody, for `database_with`."""
    ChatServer(folder, url).flask("chat-prepare")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chat")
    with ChatServer(folder, database_with(rooms, "chat", folder)) as server:
        yield server


class Chatter:
    """Keeps to the protocol as the page does: enters with the last number, asks for what is missing."""

    def __init__(self, server, member=1, transports=("polling", "websocket"), cookie=None):
        self.cookie = cookie or server.sign_in(member)
        self.heard, self.is_asking, self.connections = {}, False, 0
        self.line = Client(reconnection_delay=0.1, reconnection_delay_max=0.3)
        self.line.on("connect", self.begin)
        self.line.on("message:posted", self.hear)
        headers = lambda: {
            "Cookie": self.cookie
        }  # made anew: the client takes the cookie out of what it is given
        self.line.connect(server.base_url, headers=headers, transports=list(transports))

    def begin(self):
        self.connections += 1
        self.ask_soon()

    def ask_soon(self):
        self.is_asking = True
        threading.Thread(target=self.catch_up, daemon=True).start()

    @property
    def newest(self):
        """The number up to which nothing is missing."""
        number = 0
        while number + 1 in self.heard:
            number += 1
        return number

    def hear(self, message):
        assert self.heard.get(message["number"], message["html"]) == message["html"]
        self.heard[message["number"]] = message["html"]
        if message["number"] > self.newest and not self.is_asking:
            self.ask_soon()

    def catch_up(self):
        try:
            self.ask()
        finally:
            self.is_asking = False

    def ask(self):
        """All that is missing; asked once more after a pause where the server takes no more for a moment."""
        answer = {"more": True}
        while answer.get("more") or answer.get("retry_after"):
            rest(answer.get("retry_after", 0))
            answer = self.line.call("room:enter", {**ROOM, "after": self.newest})
            for message in answer.get("messages", ()):
                self.hear(message)

    def post(self, text, nonce):
        """As the page: said again on each new connection and, in its time, after each refusal by the rate limit, with the same
        nonce, until it is answered."""
        answers, said_on = [], None

        def is_answered():
            nonlocal said_on
            if answers and (pause := answers[-1].get("retry_after")):
                rest(pause)
                answers.clear()
                said_on = None
            if said_on != self.connections:
                said_on = self.say({**ROOM, "text": text, "nonce": nonce}, answers.append)
            return answers

        assert wait_until(is_answered), f"no answer to {nonce}"
        return answers[0]

    def say(self, message, answer):
        """Which connection it was said on, if any."""
        connection = self.connections
        try:
            self.line.emit("message:post", message, callback=answer)
        except (socketio.exceptions.SocketIOError, AttributeError):
            return None
        return connection

    def leave(self):
        self.line.disconnect()


def cut(chatter):
    """The network goes away under the client, without a goodbye."""
    # Who is cut while the library still finishes with the last cut would stay cut.
    assert wait_until(lambda: chatter.line.connected and not chatter.line._reconnect_task)
    if (transport := chatter.line.eio.ws) and transport.sock:
        transport.sock.shutdown(2)


def test_a_line_that_is_cut_again_and_again_loses_and_doubles_nothing(server):
    writer, reader = Chatter(server), Chatter(server, member=2)
    before = writer.line.call("room:enter", {**ROOM, "after": 0})["newest"]

    for n in range(50):
        writer.post(f"number-{n}-", f"cut-{n}")
        if n % 10 == 5:
            cut(reader)
            cut(writer)

    assert wait_until(lambda: writer.newest == reader.newest == before + 50)
    assert (
        list(reader.heard)
        and [reader.heard[before + n + 1].count(f"number-{n}-") for n in range(50)] == [1] * 50
    )
    writer.leave(), reader.leave()


def test_long_polling_alone_is_enough(server):
    reader = Chatter(server, transports=["polling"])
    writer = Chatter(server, member=2, transports=["polling"])
    answer = writer.post("over ordinary requests", "polling-1")
    assert wait_until(lambda: "over ordinary requests" in reader.heard.get(answer["number"], ""))
    reader.leave(), writer.leave()


def test_who_is_refused_for_a_moment_misses_nothing(server):
    writer, many = Chatter(server, member=2), Chatter(server, member=3)
    while many.line.call("room:enter", {**ROOM, "after": 2**31 - 1})["ok"]:
        pass  # more often than one may
    reader = Chatter(server, member=3)
    answer = writer.post("while nobody may ask", "refused-1")
    assert wait_until(lambda: "while nobody may ask" in reader.heard.get(answer["number"], ""))
    reader.leave(), writer.leave(), many.leave()


def test_after_kill_9_the_history_is_the_same_and_lines_come_back(server):
    chatter = Chatter(server)
    for n in range(5):
        assert chatter.post(f"before {n}", f"kill-{n}")["ok"]
    before, connections = chatter.line.call("room:enter", {**ROOM, "after": 0}), chatter.connections

    server.kill()
    server.start()

    assert wait_until(lambda: chatter.connections > connections and chatter.line.connected)
    assert chatter.post("before 4", "kill-4")["number"] == before["newest"], (
        "its nonce is known over the restart"
    )
    assert chatter.line.call("room:enter", {**ROOM, "after": 0}) == before
    assert chatter.post("after", "kill-5")["number"] == before["newest"] + 1
    chatter.leave()


def test_after_kill_9_in_the_middle_of_it_all_lines_have_every_message_once(server):
    chatters = [Chatter(server, member=1 + n % 3, transports=["websocket"]) for n in range(12)]
    writers, before = chatters[:3], chatters[0].line.call("room:enter", {**ROOM, "after": 0})["newest"]

    def write(n, writer):
        for i in range(8):
            writer.post(f"midst-{n}-{i}-", f"midst-{n}-{i}")

    threads = [threading.Thread(target=write, args=pair) for pair in enumerate(writers)]
    [thread.start() for thread in threads]
    assert wait_until(lambda: chatters[-1].newest >= before + 6)
    server.kill()
    server.start()
    [thread.join() for thread in threads]

    assert wait_until(lambda: all(chatter.newest == before + 24 for chatter in chatters))
    said = [f"midst-{n}-{i}-" for n in range(3) for i in range(8)]
    for chatter in chatters:
        heard = "".join(chatter.heard[number] for number in range(before + 1, before + 25))
        assert [heard.count(words) for words in said] == [1] * 24
        chatter.leave()


def test_after_signing_out_neither_the_line_nor_the_cookie_works(server):
    chatter, witness = Chatter(server), Chatter(server, member=2)
    server.post("/sign-out", chatter.cookie)
    assert wait_until(lambda: not chatter.line.connected)
    with pytest.raises(socketio.exceptions.ConnectionError):
        Chatter(server, cookie=chatter.cookie)

    number = witness.post("after you left", "left-1")["number"]
    assert wait_until(lambda: number in witness.heard)
    assert number not in chatter.heard
    chatter.leave(), witness.leave()


def test_many_at_once_get_numbers_without_a_gap(server):
    first = Chatter(server)
    newest = first.line.call("room:enter", {**ROOM, "after": 0})["newest"]
    writers = [Chatter(server, member=1 + n % 3) for n in range(6)]
    numbers = []

    def write(n, writer):
        numbers.extend(writer.post("at once", f"many-{n}-{i}")["number"] for i in range(8))

    threads = [threading.Thread(target=write, args=pair) for pair in enumerate(writers)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]

    assert sorted(numbers) == list(range(newest + 1, newest + 49))
    for writer in (first, *writers):
        writer.leave()


@pytest.mark.needs("redis")
def test_two_processes_with_redis_are_one_room(tmp_path):
    with Redis() as redis:
        settings = {"database_url": database_with(rooms, "chatpair", tmp_path), "REDIS_URL": redis.url}
        with ChatServer(tmp_path, **settings) as one, ChatServer(tmp_path, **settings) as two:
            here, there = Chatter(one), Chatter(two, member=2)
            threads = [
                threading.Thread(
                    target=lambda c=c, who=who: [c.post("hello", f"{who}-{n}") for n in range(20)]
                )
                for who, c in enumerate((here, there))
            ]
            [thread.start() for thread in threads], [thread.join() for thread in threads]
            assert wait_until(lambda: here.newest == there.newest == 40)
            assert here.heard == there.heard

            one.post("/sign-out", there.cookie)
            assert wait_until(lambda: not there.line.connected)
            here.leave(), there.leave()
