"""A right that is lost ends open lines within seconds, in every process, with Redis or without."""

import time
from contextlib import ExitStack, contextmanager
from datetime import date

import pytest
import socketio
import sqlalchemy

from tests.chat.test_live_server import ChatServer, rooms
from tests.core.live import wait_until
from tests.prepared import database_with
from tests.services import Redis

pytestmark = [pytest.mark.no_app, pytest.mark.every_database, pytest.mark.needs("redis")]
ALL, OFFICIALS, PUBLIC = 1, 2, 3
SOON = 5
"""Seconds in which a lost right must have reached open lines."""


class Listener:
    """A line in one room. It does not come back by itself."""

    def __init__(self, server, member, room, cookie=None):
        self.server, self.member, self.room = server, member, room
        self.heard, self.cookie = [], cookie or server.sign_in(member)
        self.line = socketio.Client(reconnection=False)
        self.line.on("message:posted", lambda message: self.heard.append(message["html"]))
        self.line.connect(server.base_url, headers={"Cookie": self.cookie}, transports=["websocket"])
        self.entering = self.line.call("room:enter", {"room_id": room, "after": 0})

    def come_back(self):
        return Listener(self.server, self.member, self.room, self.cookie)

    def post(self, text):
        return self.line.call("message:post", {"room_id": self.room, "text": text, "nonce": text})

    @property
    def is_on(self):
        return self.line.connected


@contextmanager
def pair(folder, redis=None):
    """Two processes on one database."""
    settings = {"REDIS_URL": redis.url} if redis else {}
    database = database_with(rooms, "rights", folder)
    one, two = (ChatServer(folder, database, **settings) for _ in range(2))
    with one, two:
        yield one, two


@pytest.fixture(scope="module", params=["with Redis", "Redis is down", "without Redis"])
def two_processes(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    with ExitStack() as stack:
        redis = None if request.param == "without Redis" else stack.enter_context(Redis())
        servers = stack.enter_context(pair(folder, redis))
        if request.param == "Redis is down":
            Listener(servers[0], 1, ALL).line.disconnect()  # each process has known Redis before
            Listener(servers[1], 1, ALL).line.disconnect()
            redis.kill()
        yield servers


@pytest.fixture
def listen():
    listeners = []

    def listen(*args, **how):
        listeners.append(listener := Listener(*args, **how))
        assert listener.entering["ok"]
        return listener

    yield listen
    for listener in listeners:
        listener.line.disconnect()


def test_a_space_made_narrower_ends_the_lines_of_those_outside(two_processes, listen):
    one, two = two_processes
    outside = [listen(server, 2, ALL) for server in (one, two)]
    inside = [listen(server, 1, ALL) for server in (one, two)]
    elsewhere = listen(two, 2, OFFICIALS)

    one.post("/probe/spaces/members/group", inside[0].cookie)

    assert wait_until(lambda: not any(listener.is_on for listener in outside), SOON)
    assert wait_until(lambda: not any(listener.is_on for listener in inside), SOON), (
        "names may have to be hidden now, so all enter anew"
    )
    assert elsewhere.is_on
    outside = [listener.come_back() for listener in outside]
    inside = [listener.come_back() for listener in inside]
    assert [listener.entering.get("status") for listener in outside] == [404, 404]
    assert inside[0].post("only for us")["ok"]
    assert wait_until(lambda: "only for us" in str(inside[0].heard))
    assert not any(listener.heard for listener in outside)
    for listener in (*outside, *inside):
        listener.line.disconnect()
    one.post("/probe/spaces/members/members", inside[0].cookie)
    time.sleep(1.5)  # until the rooms have been emptied again, so that the next test's lines are not in them


def test_a_seat_that_ends_by_its_date_ends_the_lines_that_it_opened(two_processes, listen):
    one, two = two_processes
    unseated = [listen(one, 2, OFFICIALS), listen(two, 2, OFFICIALS), listen(two, 2, ALL)]
    elsewhere, colleague = listen(two, 2, PUBLIC), listen(two, 3, OFFICIALS)
    time.sleep(2.5)  # the processes have looked once
    date_the_seat_of_member_2(two, date.today())  # as if midnight had passed: nobody acts, no process is told

    assert wait_until(lambda: not any(listener.is_on for listener in unseated), SOON)
    assert colleague.is_on and elsewhere.is_on, "what they may still see stays open"
    for listener in unseated:
        again = listener.come_back()
        assert again.entering["status"] == 404
        again.line.disconnect()
    date_the_seat_of_member_2(two, None)


def date_the_seat_of_member_2(server, until):
    engine = sqlalchemy.create_engine(server.database_url)
    with engine.begin() as database:
        database.execute(
            sqlalchemy.text("update seats set until = :until where member_id = 2"), {"until": until}
        )
    engine.dispose()


def test_signing_out_reaches_the_lines_in_the_other_process(two_processes, listen):
    one, two = two_processes
    here, there = listen(one, 2, ALL), listen(two, 2, ALL)
    other = listen(two, 3, ALL)

    one.post("/sign-out", here.cookie)

    assert wait_until(lambda: not here.is_on and not there.is_on, SOON)
    assert other.is_on


def test_who_comes_back_at_once_is_not_hung_up_a_second_time(two_processes, listen):
    one, two = two_processes
    here, there = listen(one, 2, ALL), listen(two, 2, ALL)
    one.post("/sign-out", here.cookie)
    assert wait_until(lambda: not there.is_on, SOON)

    again = Listener(two, 2, ALL)
    time.sleep(2)  # both the row and Redis have brought the order by now
    assert again.is_on
    again.line.disconnect()
