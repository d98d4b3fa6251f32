"""A right that is lost ends open lines, in every process, with Redis or without. How soon is told by `make bench`."""

import json
import urllib.request
from contextlib import ExitStack, contextmanager
from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy

from tests.chat.test_live_server import ChatServer, rooms
from tests.core.live import Client
from tests.patience import wait_until
from tests.prepared import database_with
from tests.services import Redis

pytestmark = [pytest.mark.no_app, pytest.mark.every_database, pytest.mark.needs("redis")]
ALL, OFFICIALS, PUBLIC = 1, 2, 3
WAYS = {"with Redis": {"told", "row"}, "Redis is down": {"row"}, "without Redis": {"row"}}
"""How what one process has to say comes to another."""


class Listener:
    """A line in one room. It does not come back by itself."""

    def __init__(self, server, member, room, cookie=None):
        self.server, self.member, self.room = server, member, room
        self.heard, self.marks, self.cookie = [], [], cookie or server.sign_in(member)
        self.line = Client(reconnection=False)
        self.line.on("message:posted", lambda message: self.heard.append(message["html"]))
        self.line.on("probe:mark", self.marks.append)
        self.line.connect(server.base_url, headers={"Cookie": self.cookie}, transports=["websocket"])
        self.entering = self.enter()

    def come_back(self):
        return Listener(self.server, self.member, self.room, self.cookie)

    def post(self, text):
        return self.line.call("message:post", {"room_id": self.room, "text": text, "nonce": text})

    def enter(self):
        return self.line.call("room:enter", {"room_id": self.room, "after": 0})

    def has_all_of(self, server, ways):
        """Whether what that process told and ordered so far has come to this one, by each of the ways."""
        mark = uuid4().hex
        server.post(f"/probe/marks/{self.member}/{mark}", self.cookie)
        return wait_until(lambda: ways <= {one["way"] for one in self.marks if one["mark"] == mark})

    @property
    def is_on(self):
        return self.line.connected

    @property
    def is_answered(self):
        return self.is_on and self.enter()["ok"]


@contextmanager
def pair(folder, redis=None):
    """Two processes on one database."""
    settings = {"REDIS_URL": redis.url} if redis else {}
    database = database_with(rooms, "rights", folder)
    one, two = (ChatServer(folder, database, **settings) for _ in range(2))
    with one, two:
        yield one, two


@pytest.fixture(scope="module", params=WAYS)
def way(request):
    return request.param


@pytest.fixture(scope="module")
def two_processes(way, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    with ExitStack() as stack:
        redis = None if way == "without Redis" else stack.enter_context(Redis())
        servers = stack.enter_context(pair(folder, redis))
        if way == "Redis is down":
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


def are_gone(listeners):
    return wait_until(lambda: not any(listener.is_on for listener in listeners))


def test_a_space_made_narrower_ends_the_lines_of_those_outside(two_processes, listen, way):
    one, two = two_processes
    outside = [listen(server, 2, ALL) for server in (one, two)]
    inside = [listen(server, 1, ALL) for server in (one, two)]
    elsewhere = listen(two, 2, OFFICIALS)

    one.post("/probe/spaces/members/group", inside[0].cookie)

    assert are_gone(outside)
    assert are_gone(inside), "names may have to be hidden now, so all enter anew"
    assert elsewhere.has_all_of(one, WAYS[way]) and elsewhere.is_answered
    outside = [listener.come_back() for listener in outside]
    inside = [listener.come_back() for listener in inside]
    assert [listener.entering.get("status") for listener in outside] == [404, 404]
    assert inside[0].post("only for us")["ok"]
    assert wait_until(lambda: "only for us" in str(inside[0].heard))
    assert outside[0].has_all_of(one, {"told"}) and outside[1].has_all_of(one, WAYS[way])
    assert not any(listener.heard for listener in outside)
    one.post("/probe/spaces/members/members", inside[0].cookie)
    assert are_gone(inside), "a later test's lines would be ended in their place"
    for listener in outside:
        listener.line.disconnect()


def test_a_seat_that_ends_by_its_date_ends_the_lines_that_it_opened(two_processes, listen):
    one, two = two_processes
    unseated = [listen(one, 2, OFFICIALS), listen(two, 2, OFFICIALS), listen(two, 2, ALL)]
    elsewhere, colleague = listen(two, 2, PUBLIC), listen(two, 3, OFFICIALS)
    assert has_looked(one) and has_looked(two)
    date_the_seat_of_member_2(two, date.today())  # as if midnight had passed: nobody acts, no process is told

    assert are_gone(unseated)
    assert has_looked(two, since=looks(two))
    assert colleague.is_answered and elsewhere.is_answered, "what they may still see stays open"
    for listener in unseated:
        again = listener.come_back()
        assert again.entering["status"] == 404
        again.line.disconnect()
    date_the_seat_of_member_2(two, None)


def looks(server):
    """How often that process has begun to look which rights have ended by their date."""
    with urllib.request.urlopen(f"{server.base_url}/probe/looks") as answer:
        return json.load(answer)


def has_looked(server, since=0):
    """Whether it has begun and finished a look since it had begun so many."""
    return wait_until(lambda: looks(server) >= since + 2)


def date_the_seat_of_member_2(server, until):
    engine = sqlalchemy.create_engine(server.database_url)
    with engine.begin() as database:
        database.execute(
            sqlalchemy.text("update seats set until = :until where member_id = 2"), {"until": until}
        )
    engine.dispose()


def test_signing_out_reaches_the_lines_in_the_other_process(two_processes, listen, way):
    one, two = two_processes
    here, there = listen(one, 2, ALL), listen(two, 2, ALL)
    other = listen(two, 3, ALL)

    one.post("/sign-out", here.cookie)

    assert are_gone([here, there])
    assert other.has_all_of(one, WAYS[way]) and other.is_answered


def test_who_comes_back_at_once_is_not_hung_up_a_second_time(two_processes, listen, way):
    one, two = two_processes
    here, there = listen(one, 2, ALL), listen(two, 2, ALL)
    one.post("/sign-out", here.cookie)
    assert are_gone([there])

    again = listen(two, 2, ALL)
    assert again.has_all_of(one, WAYS[way]), "both the row and Redis have brought the order by now"
    assert again.is_answered
