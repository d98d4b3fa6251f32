"""The live ground against the real server: gunicorn, gevent, real Socket.IO clients."""

import threading
from contextlib import contextmanager

import pytest
import socketio.exceptions

from tests.core.live import Client, ProbeServer, RawLine, UpgradingLine, client, probed
from tests.patience import wait_until
from tests.prepared import database_with
from tests.services import Redis

pytestmark = [pytest.mark.no_app, pytest.mark.every_database]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    with ProbeServer(folder, database_with(probed, "probe", folder)) as server:
        yield server


@pytest.fixture
def follower(server):
    """Makes clients that follow the one city."""
    lines = []

    def follow(*transports, by=server, member=1):
        line = client(by, by.sign_in(member), transports or ("polling", "websocket"))
        assert line.call("probe:follow", {"city_id": 1})["ok"]
        lines.append(line)
        return line

    yield follow
    for line in lines:
        line.disconnect()


def is_answered(line):
    """Also what was on its way to the line has come once it is answered."""
    return line.connected and line.call("probe:follow", {"city_id": 1})["ok"]


def test_every_kind_of_line_hears_a_thousand_in_order(server, follower):
    lines = [follower(), follower("websocket"), follower("polling")]
    speaker = follower("websocket")

    for first in range(0, 1000, 100):
        speaker.call("probe:burst", {"city_id": 1, "first": first, "count": 100, "padding": 50})

    for line in (*lines, speaker):
        assert wait_until(lambda line=line: len(line.numbers) == 1000)
        assert line.numbers == list(range(1000))


def test_a_line_that_upgrades_while_it_is_spoken_to_misses_nothing(server, follower):
    speaker, lines = follower("websocket"), [UpgradingLine(server, server.sign_in()) for _ in range(5)]
    for line in lines:
        line.say("probe:follow", city_id=1)

    with speaking(speaker):
        for line in lines:
            line.upgrade()

    assert wait_until(lambda: len(speaker.numbers) == speaker.spoken)
    for line in lines:
        line.read_up_to(speaker.numbers[-1])
        assert line.numbers == list(range(speaker.spoken)), "each number once, none missing, in order"


@contextmanager
def speaking(speaker):
    """Speaks without a pause meanwhile."""
    stop = threading.Event()
    speaker.spoken = 0

    def speak():
        while not stop.is_set():
            speaker.call("probe:burst", {"city_id": 1, "first": speaker.spoken, "count": 5, "padding": 0})
            speaker.spoken += 5

    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_a_slow_reader_gets_whole_frames_in_order_and_delays_nobody(server, follower):
    slow = RawLine(server, server.sign_in())
    slow.say("probe:follow", city_id=1)
    quick = follower("websocket")

    for first in range(0, 400, 20):
        quick.call("probe:burst", {"city_id": 1, "first": first, "count": 20, "padding": 22_500})
    assert wait_until(lambda: len(quick.numbers) == 400)

    heard = [slow.next_event()[1] for _ in range(400)]
    assert [payload["number"] for payload in heard] == list(range(400))
    assert all(len(payload["padding"]) == 22_500 for payload in heard)


def test_a_reader_who_was_slow_is_quick_again(server, follower):
    slow, quick = RawLine(server, server.sign_in()), follower("websocket")
    slow.say("probe:follow", city_id=1)
    quick.call("probe:burst", {"city_id": 1, "first": 0, "count": 500, "padding": 9000})
    for _ in range(500):
        slow.next_event()

    quick.call("probe:burst", {"city_id": 1, "first": 500, "count": 1, "padding": 0})

    assert slow.next_event()[1]["number"] == 500


def test_a_client_that_left_without_a_word_stops_nobody(server, follower):
    gone, quick = RawLine(server, server.sign_in()), follower("websocket")
    gone.say("probe:follow", city_id=1)
    gone.ws.sock.close()

    quick.call("probe:burst", {"city_id": 1, "first": 0, "count": 200, "padding": 9000})

    assert wait_until(lambda: len(quick.numbers) == 200)


def test_no_compression_is_agreed_on(server):
    line = RawLine(server, server.sign_in(), **{"Sec-WebSocket-Extensions": "permessage-deflate"})
    assert "sec-websocket-extensions" not in line.ws.headers


def test_a_packet_of_more_than_64_kilobytes_ends_the_line(server):
    line = RawLine(server, server.sign_in())
    with pytest.raises(Exception):  # noqa: B017 - closed in one of several ways
        for _ in range(50):
            line.ws.send("42" + "x" * 70_000)
            line.read()


def test_a_visitor_opens_no_line(server):
    for transport in ("polling", "websocket"):
        with pytest.raises(socketio.exceptions.ConnectionError):
            client(server, "", [transport])


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "{base}.evil.example", "{base}0", "http://localhost"]
)
def test_a_foreign_page_opens_no_line(server, origin):
    cookie, headers = server.sign_in(), {"Origin": origin.format(base=server.base_url)}
    for transport in ("polling", "websocket"):
        line = Client(reconnection=False)
        with pytest.raises(socketio.exceptions.ConnectionError):
            line.connect(server.base_url, headers={"Cookie": cookie, **headers}, transports=[transport])


def test_our_own_page_opens_one(server):
    line = Client(reconnection=False)
    line.connect(server.base_url, headers={"Cookie": server.sign_in(), "Origin": server.base_url})
    assert line.connected
    line.disconnect()


@pytest.mark.parametrize("transport", ["polling", "websocket"])
def test_signing_out_ends_the_line_and_no_other(server, transport):
    cookie = server.sign_in()
    line, other = client(server, cookie, [transport]), client(server, server.sign_in(2), [transport])

    assert server.post("/sign-out", cookie) == 303

    assert wait_until(lambda: not line.connected)
    assert is_answered(other)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client(server, cookie, [transport])
    other.disconnect()


def test_a_command_in_another_process_tells_and_hangs_up(server, follower):
    line, other = follower(), follower(member=2)

    server.flask("probe-tell")
    assert wait_until(lambda: line.numbers == [1] and other.numbers == [1])

    server.flask("probe-hang-up")
    assert wait_until(lambda: not line.connected)
    assert is_answered(other)


KNOCK = 5000


def counted(line):
    return [number for number in line.numbers if number != KNOCK]


@pytest.mark.needs("redis")
def test_two_processes_joined_by_redis_speak_as_one(tmp_path_factory, follower):
    folder = tmp_path_factory.mktemp("pair")
    with Redis() as redis:
        database = database_with(probed, "pair", folder)
        one = ProbeServer(folder, database, REDIS_URL=redis.url)
        two = ProbeServer(folder, database, REDIS_URL=redis.url)
        with one, two:
            here, there = follower(by=one), follower(by=two)
            knock = {"city_id": 1, "first": KNOCK, "count": 1, "padding": 0}
            # A process that is just up has perhaps not yet begun to listen to Redis.
            assert wait_until(lambda: here.call("probe:burst", knock)["ok"] and there.numbers)
            for first in range(0, 1000, 100):
                here.call("probe:burst", {"city_id": 1, "first": first, "count": 100, "padding": 50})
            assert wait_until(lambda: counted(there)[-1:] == [999])
            assert counted(there) == counted(here) == list(range(1000))

            one.flask("probe-tell")
            assert wait_until(lambda: here.numbers[-1] == there.numbers[-1] == 1)

            cookie = one.sign_in(2)
            signed_in_there = client(two, cookie)
            one.post("/sign-out", cookie)
            assert wait_until(lambda: not signed_in_there.connected)
