"""Who sends half a request and waits is hung up on, by the web server itself and by nginx in front of it; others are served meanwhile."""

import re
import socket
from contextlib import ExitStack, contextmanager

import pytest
import requests

from tests.patience import PATIENCE, wait_until
from tests.prepared import database_with, nobody
from tests.services import ROOT, LiveServer, Nginx
from tests.tooling.test_deploying import without_tls

pytestmark = pytest.mark.no_app
HEAD = "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
WHOLE = HEAD + "Content-Length: 100000\r\n\r\n"
PATHS = ["/sign-in", "/settings", "/nowhere", "/socket.io/?EIO=4&transport=polling"]


class Hasty(LiveServer):
    """With a second for a head and one for a body."""

    def __init__(self, folder, url, **settings):
        super().__init__(folder, url, BODY_SECONDS="1", **settings)

    def command(self):
        return [*super().command()[:-1], "--keep-alive", "1", "wsgi:app"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slow")
    with Hasty(folder, database_with(nobody, "slow", folder)) as server:
        yield server


@pytest.fixture(scope="module")
def nginx(server):
    """The example, in a hurry, and with three connections for an address."""
    example = re.sub(r"(client_\w+_timeout) \d+s", r"\1 1s", without_tls(server.port))
    example = example.replace("limit_conn per_address 500", "limit_conn per_address 3")
    with Nginx(example.replace("Host $host", f"Host 127.0.0.1:{server.port}")) as nginx:
        yield nginx


@contextmanager
def line_to(port, words):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(words.encode())
        line.setblocking(False)
        yield line


def is_hung_up(line):
    """Also where it was answered first."""
    try:
        while True:
            if not line.recv(65536):
                return True
    except BlockingIOError:
        return False
    except OSError:
        return True


def drip(line):
    """A byte more; whether it is hung up on meanwhile."""
    try:
        line.send(b"x")
    except BlockingIOError:
        pass
    except OSError:
        return True
    return is_hung_up(line)


def words(template, server, path="/sign-in"):
    return template.format(path=path, host=f"127.0.0.1:{server.port}")


@pytest.mark.parametrize("sent", ["", "POST", HEAD])
def test_half_a_head_is_hung_up_on(server, sent):
    with line_to(server.port, words(sent, server)) as line:
        assert wait_until(lambda: is_hung_up(line))


@pytest.mark.parametrize("path", PATHS)
def test_a_body_that_comes_byte_by_byte_is_hung_up_on_and_others_are_served(server, path):
    with line_to(server.port, words(WHOLE, server, path)) as line:
        assert requests.get(f"{server.base_url}/healthz").ok
        assert wait_until(lambda: drip(line))
    assert requests.get(f"{server.base_url}/healthz").ok


def test_a_body_that_comes_in_time_is_read_whole(server):
    page = requests.Session()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get(f"{server.base_url}/sign-in").text)[
        1
    ]
    form = {"email": "ana@lyon.example", "password": "x" * 50_000, "csrf_token": token}
    for _ in range(2):  # the second on the same connection
        assert page.post(f"{server.base_url}/sign-in", data=form).status_code == 422


@pytest.mark.needs("nginx")
@pytest.mark.parametrize("sent", ["POST", HEAD, WHOLE + "half"])
def test_nginx_hangs_up_on_half_a_request(server, nginx, sent):
    with line_to(nginx.port, words(sent, server)) as line:
        assert wait_until(lambda: is_hung_up(line))


@pytest.mark.needs("nginx")
def test_nginx_takes_so_many_at_once_from_an_address_and_no_larger_body(server, nginx):
    with ExitStack() as lines:
        for _ in range(3):
            lines.enter_context(line_to(nginx.port, words(WHOLE, server)))
        assert wait_until(lambda: requests.get(f"{nginx.base_url}/healthz").status_code == 429)
    assert wait_until(lambda: requests.get(f"{nginx.base_url}/healthz").status_code == 200)
    too_large = requests.post(f"{nginx.base_url}/sign-in", data=b"x" * (25 * 1024 * 1024 + 1))
    assert too_large.status_code == 413


def test_the_example_says_how_long_and_how_much():
    example = (ROOT / "deploy" / "nginx.conf.example").read_text()
    for line in (
        "client_header_timeout", "client_body_timeout", "send_timeout", "keepalive_timeout", "client_max_body_size", "limit_conn",
    ):  # fmt: skip
        assert re.search(rf"^\s+{line} \S+", example, re.M), line
