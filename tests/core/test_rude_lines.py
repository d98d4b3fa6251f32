"""What a line may not say ends it, in one line of the log; and what a line, a member and a network may hold is bounded."""

import json
import urllib.error
import urllib.request

import pytest
import websocket

from tests.core.live import ProbeServer, RawLine, client, probed
from tests.patience import PATIENCE, wait_until
from tests.prepared import database_with

pytestmark = [pytest.mark.no_app]
PACKETS = 200
"""That a member may send at once, as tests/core/narrow_app.py has it."""
ASKED = '["probe:follow",{"city_id":1}]'
DEEP = '["probe:follow",' + "[" * 9 + "]" * 9 + "]"
RUDE = {
    "bytes": (b"\x01\x02", "binary packet"),
    "no bytes": (b"", "binary packet"),
    "bytes as text": ("bAQID", "binary packet"),
    "an event with attachments": ('451-["probe:follow",{"_placeholder":true,"num":0}]', "binary packet"),
    "more attachments than will come": ('45999-["probe:follow"]', "binary packet"),
    "an answer with attachments": ("461-1[]", "binary packet"),
    "attachments of what has none": (f"429-{ASKED}", "packet of another shape"),
    "an answer to nothing": ("431[]", "unknown packet"),
    "a refusal, as if it were the server": ("44{}", "unknown packet"),
    "a kind that there is not": ("49", "unknown packet"),
    "nothing": ("", "unreadable packet"),
    "no protocol at all": ("hello", "unreadable packet"),
    "an empty message": ("4", "packet of another shape"),
    "an object for a packet": ('4{"a":1}', "packet of another shape"),
    "nested too deep": ("42" + DEEP, "unreadable packet"),
    "nested too deep for the transport": ("4" + "[" * 9 + "]" * 9, "unknown packet"),
    "half an event": ('42["probe:follow"', "unreadable packet"),
    "an event without a name": ("42[]", "packet of another shape"),
    "an event whose name is a list": ("42[[],{}]", "packet of another shape"),
    "no list": ('42{"a":1}', "packet of another shape"),
    "an end, as if it were the server": ('42["disconnect","x"]', "packet of another shape"),
    "a line within the line": ("40/other,", "packet of another shape"),
    "a number without end": ("42" + "1" * 150 + ASKED, "unreadable packet"),
}
POLITE = {
    "brackets in words": '421["probe:follow",{"city_id":1,"words":"' + "[{" * 50 + '\\"["}]',
    "many, side by side": '421["probe:follow",[' + "[]," * 20 + "[]]]",
    "an event that nobody knows": '42["nobody:knows",{}]',
}


class NarrowServer(ProbeServer):
    module = "tests.core.narrow_app"
    read = 0

    def ended(self):
        """Why lines ended in this test, by the log; no refusal may tell more than that."""
        said = [json.loads(line) for line in self.log.read_text().splitlines()[self.read :]]
        assert not [line for line in said if "exception" in line or "error" in line]
        return [line["reason"] for line in said if line["event"] == "line ended"]

    def turn_over(self):
        self.read = len(self.log.read_text().splitlines())


@pytest.fixture(scope="module")
def narrow(tmp_path_factory):
    folder = tmp_path_factory.mktemp("narrow")
    with NarrowServer(folder, database_with(probed, "probe", folder)) as server:
        yield server


@pytest.fixture
def server(narrow):
    narrow.turn_over()
    return narrow


@pytest.fixture
def open_line(server):
    """Opens lines by hand, which are closed at the end."""
    lines = []

    def open_one(member=1):
        lines.append(RawLine(server, server.sign_in(member)))
        return lines[-1]

    yield open_one
    for line in lines:
        line.ws.close()


class PollingLine:
    """Says and hears by ordinary requests alone."""

    def __init__(self, server):
        self.headers = {"Cookie": server.sign_in(2)}
        self.url = f"{server.base_url}/socket.io/?EIO=4&transport=polling"
        self.url += f"&sid={json.loads(self.ask()[1:])['sid']}"
        self.ask("40")
        self.ask()

    def ask(self, body=None):
        body = body if body is None or isinstance(body, bytes) else body.encode()
        request = urllib.request.Request(self.url, body, self.headers)
        return urllib.request.urlopen(request, timeout=PATIENCE).read().decode()

    def is_refused(self, body):
        try:
            self.ask(body)
        except urllib.error.HTTPError as refusal:
            return refusal.code == 400
        return False


def has_ended(line):
    """Also what is still on its way to a line is read; nothing follows it."""
    try:
        while line.ws.recv():
            pass
    except (websocket.WebSocketException, OSError) as error:
        return not isinstance(error, websocket.WebSocketTimeoutException)
    return True


def send(line, said):
    line.ws.send_binary(said) if isinstance(said, bytes) else line.ws.send(said)


def test_a_packet_that_is_not_ours_ends_the_line_in_one_line_of_the_log(server, open_line):
    reasons = []
    for said, reason in RUDE.values():
        line = open_line()
        send(line, said)
        assert has_ended(line), said
        reasons.append(reason)
        assert wait_until(lambda: len(server.ended()) == len(reasons)), said
    assert server.ended() == reasons


def test_the_same_over_ordinary_requests(server):
    reasons = []
    too_many = "\x1e".join([f"42{ASKED}"] * 17)
    bodies = [one for one in RUDE.values() if isinstance(one[0], str) and one[0]]
    for said, reason in (*bodies, (too_many, "unreadable packet"), (b"42\xff", "unreadable packet")):
        line = PollingLine(server)
        assert line.is_refused(said), said
        assert line.is_refused("3"), "it is over"
        reasons.append(reason)
    assert [*map(plainly, server.ended())] == [*map(plainly, reasons)]


def plainly(reason):
    """A request is read as a whole: there what is binary or no packet may already be unreadable."""
    return reason if "shape" in reason else "no packet"


def test_a_body_that_is_too_long_ends_the_line(server):
    line = PollingLine(server)
    assert line.is_refused("42" + "x" * 66_000)
    assert server.ended() == ["too long"]


def test_what_only_looks_odd_is_answered_as_ever(server, open_line):
    line = open_line()
    for said in POLITE.values():
        send(line, said)
    line.say("probe:follow", city_id=1)
    assert server.ended() == []


def test_who_does_not_read_is_not_waited_for_without_end(server, open_line):
    slow, quick = open_line(), client(server, server.sign_in(2), ["websocket"])
    slow.say("probe:follow", city_id=1)
    quick.call("probe:follow", {"city_id": 1})

    def speak():
        quick.call("probe:burst", {"city_id": 1, "first": 0, "count": 20, "padding": 20_000})
        return server.ended()

    assert wait_until(speak) == ["client does not read"]
    heard = len(quick.numbers)
    quick.call("probe:burst", {"city_id": 1, "first": heard, "count": 1, "padding": 0})
    assert wait_until(lambda: heard in quick.numbers)
    quick.disconnect()


def opened(server, member):
    """The number that the answer to a request for a line has."""
    address = f"{server.base_url}/socket.io/?EIO=4&transport=polling"
    request = urllib.request.Request(address, headers={"Cookie": server.sign_in(member)})
    try:
        return urllib.request.urlopen(request, timeout=PATIENCE).status, None
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers["Retry-After"]


def test_a_member_and_a_network_have_so_many_lines_and_no_more(tmp_path):
    with NarrowServer(tmp_path, database_with(probed, "probe", tmp_path)) as server:
        fill(server)


def fill(server):
    lines = [RawLine(server, server.sign_in()) for _ in range(3)]
    assert opened(server, 1) == (429, "30"), "a fourth of one member"
    with pytest.raises(websocket.WebSocketBadStatusException, match="429"):
        RawLine(server, server.sign_in())

    assert [opened(server, 2)[0], opened(server, 3)[0]] == [200, 200]
    assert opened(server, 2) == (429, "30"), "a sixth of one network"

    send(lines[0], b"")
    assert has_ended(lines[0])
    assert wait_until(lambda: opened(server, 2)[0] == 200), "one has gone"


def test_who_sends_without_a_pause_is_read_more_slowly_and_nobody_else(server, open_line):
    rude, other = open_line(3), client(server, server.sign_in(2), ["websocket"])
    rude.say("probe:follow", city_id=1)
    for _ in range(2 * PACKETS):
        rude.ws.send(f"427{ASKED}")
    answers = [rude.read() for _ in range(PACKETS - 2)]
    assert answers == ['437[{"ok":true}]'] * (PACKETS - 2), "two were said before"

    assert other.call("probe:burst", {"city_id": 1, "first": 0, "count": 1, "padding": 0})["ok"]
    assert rude.read().startswith('42["probe:number"'), "it hears, and is not answered"
    other.disconnect()
