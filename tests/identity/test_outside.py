"""Nobody makes this server ask where it should not (abuse case 34), and no answer holds it up."""

import itertools
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cityexchange.core.db import db
from cityexchange.identity import outside
from cityexchange.identity.outside import Outside, Unreachable
from tests.factories import CityFactory
from tests.patience import PATIENCE

CLOSED = [
    "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "127.1", "localhost", "0.0.0.0", "0", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "169.254.169.254",
    "[fd00:ec2::254]", "[fe80::1]", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "224.0.0.1", "[ff02::1]", "255.255.255.255",
]  # fmt: skip


class Neighbour:
    """A machine beside us that must hear nothing; or, once it is allowed, answers as a test says."""

    def __init__(self, answer=lambda handler: handler.say(b"{}")):
        self.heard, neighbour = [], self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                neighbour.heard.append(self.path)
                answer(self)

            def say(self, body, status=200, **headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def ask(url):
    return Outside().request("GET", url)


@pytest.fixture
def allowed(app, monkeypatch):
    monkeypatch.setitem(app.config, "OUTSIDE_NETWORKS", ["127.0.0.0/8"])
    monkeypatch.setattr(outside, "SECONDS", PATIENCE)


def test_a_machine_that_may_be_asked_answers(app, allowed):
    with Neighbour() as neighbour:
        assert ask(f"http://127.0.0.1:{neighbour.port}/path?a=b").json() == {}
        assert neighbour.heard == ["/path?a=b"]


@pytest.mark.parametrize("host", CLOSED)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_way_of_writing_leads_inside(app, host, scheme):
    with Neighbour() as neighbour:
        for port in (f":{neighbour.port}", ""):
            with pytest.raises(Unreachable):
                ask(f"{scheme}://{host}{port}/")
        assert neighbour.heard == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "https://",
        "https:///x",
        "x",
        "https://a:b:c/",
        "http://[::1/",
    ],
)
def test_what_is_no_address_is_refused(app, url):
    with pytest.raises(Unreachable):
        ask(url)


@pytest.mark.parametrize(
    ("scheme", "port"), [("http", 80), ("http", 443), ("https", 22), ("https", 6379), ("ftp", 443)]
)
def test_the_open_network_is_asked_by_https_at_its_usual_ports(app, names, scheme, port):
    names["open.example"] = ["93.184.215.14"]
    with pytest.raises(Unreachable, match="may not be asked"):
        outside.checked(scheme, "open.example", port)
    assert outside.checked("https", "open.example", 443) == "93.184.215.14"


@pytest.fixture
def names(monkeypatch):
    """What names stand for: the network's edge."""
    known, asked = {}, []
    real = socket.getaddrinfo

    def looked_up(host, port, *rest, **more):
        asked.append(host)
        found = known.get(host, [host])
        address = found.pop(0) if len(found) > 1 and isinstance(found[0], list) else found
        address = address[0] if address and isinstance(address[0], list) else address
        return [hit for one in address for hit in real(one, port, *rest, **more)]

    monkeypatch.setattr(outside.socket, "getaddrinfo", looked_up)
    known["asked"] = asked
    return known


def test_one_closed_address_among_open_ones_closes_the_name(app, names):
    names["mixed.example"] = ["93.184.215.14", "127.0.0.1"]
    with pytest.raises(Unreachable):
        outside.checked("https", "mixed.example", 443)


def test_a_name_is_looked_up_once_and_the_line_goes_to_what_was_checked(app, allowed, names):
    with Neighbour() as neighbour:
        names["twice.example"] = [["127.0.0.1"], ["127.0.0.99"]]
        assert ask(f"http://twice.example:{neighbour.port}/").status_code == 200
    assert names["asked"].count("twice.example") == 1


def test_nobody_is_followed_elsewhere(app, allowed):
    with (
        Neighbour() as inside,
        Neighbour(
            lambda handler: handler.say(b"", 302, Location=f"http://127.0.0.1:{inside.port}/")
        ) as first,
    ):
        assert ask(f"http://127.0.0.1:{first.port}/").status_code == 302
        assert inside.heard == []


def test_an_endless_answer_is_cut(app, allowed, monkeypatch):
    monkeypatch.setattr(outside, "MOST", 10_000)
    with (
        Neighbour(lambda handler: handler.say(b"x" * 100_000)) as neighbour,
        pytest.raises(Unreachable, match="too much"),
    ):
        ask(f"http://127.0.0.1:{neighbour.port}/")


def test_a_packed_answer_is_not_unpacked(app, allowed):
    with Neighbour(lambda handler: handler.say(b"packed", **{"Content-Encoding": "gzip"})) as neighbour:
        assert ask(f"http://127.0.0.1:{neighbour.port}/").body == b"packed"


def test_a_dripping_answer_is_cut(app, allowed):
    clock = itertools.count(step=PATIENCE / 3)

    def drip(handler):
        handler.say(b"")
        with suppress(ConnectionError):  # until nobody listens any more
            while True:
                handler.wfile.write(b"x")

    with Neighbour(drip) as neighbour, pytest.raises(Unreachable, match="too slowly"):
        outside.ask("GET", f"http://127.0.0.1:{neighbour.port}/", "", {}, now=lambda: next(clock))


@pytest.fixture
def silent():
    """A neighbour that says nothing until it is let go."""
    done = threading.Event()
    with Neighbour(lambda handler: done.wait()) as neighbour:
        yield neighbour
        done.set()


def test_silence_is_cut(app, allowed, monkeypatch, silent):
    monkeypatch.setattr(outside, "SECONDS", 0.2)
    with pytest.raises(Unreachable, match="timed out"):
        ask(f"http://127.0.0.1:{silent.port}/")


def test_a_stranger_in_the_place_of_a_name_is_refused(app, allowed):
    """No TLS at the other end, or none that anybody vouches for."""
    with Neighbour() as neighbour, pytest.raises(Unreachable):
        ask(f"https://127.0.0.1:{neighbour.port}/")


def test_no_lock_is_held_while_we_wait_and_no_change_is_lost(app, allowed):
    CityFactory()
    with pytest.raises(RuntimeError):
        ask("http://127.0.0.1:9/")
    db.session.rollback()
