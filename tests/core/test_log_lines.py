"""The log of the real server: every line is JSON, and none says who called or what was sent, whatever was sent."""

import json
import os
import signal
import socket
import subprocess

import pytest

from tests.core.live import ProbeServer, probed
from tests.patience import PATIENCE, wait_until
from tests.prepared import database_with
from tests.services import LiveServer

SENT = "sesame"
"""Stands in all that is sent."""
CALLER = "127.0.0.77"
HOST = b"Host: %(host)s\r\n"
REQUESTS = {
    "a line of 5,000 bytes": b"GET /cities?q=" + SENT.encode() * 900 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a header of 9,000 bytes": b"GET / HTTP/1.1\r\n" + HOST + b"X-Word: " + SENT.encode() * 1500 + b"\r\n\r\n",
    "three hundred headers": b"GET / HTTP/1.1\r\n" + HOST + b"X-Word: sesame\r\n" * 300 + b"\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\n" + HOST + b"sesame\r\n\r\n",
    "a header of an odd name": b"GET / HTTP/1.1\r\n" + HOST + b"ses ame: sesame\r\n\r\n",
    "a header over two lines": b"GET / HTTP/1.1\r\n" + HOST + b"X-Word: sesame\r\n sesame\r\n\r\n",
    "an odd method": b"sesame /sesame HTTP/1.1\r\n" + HOST + b"\r\n",
    "an odd version": b"GET /sesame HTTP/9.sesame\r\n" + HOST + b"\r\n",
    "no request line": b"sesame\r\n\r\n",
    "TLS spoken to a plain port": bytes.fromhex("160301008a0100008603034b2f") + b"sesame\r\n\r\n",
    "a proxy's line": b"PROXY TCP4 198.51.100.7 198.51.100.8 5 6\r\nGET /sesame HTTP/1.1\r\n\r\n",
    "an unknown coding": b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: sesame\r\n\r\n",
    "odd chunks": b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nsesame\r\n",
    "an expectation": b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Expect: sesame\r\nContent-Length: 1\r\n\r\nx",
    "half a body": b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Content-Length: 99\r\n\r\nemail=sesame",
    "a foreign host": b"GET /sesame HTTP/1.1\r\nHost: sesame.example\r\n\r\n",
    "no host": b"GET /sesame HTTP/1.0\r\n\r\n",
    "a path that is no text": b"GET /%ff%00sesame HTTP/1.1\r\n" + HOST + b"\r\n",
    "a line from a foreign page": b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n" + HOST + b"Origin: https://evil.example\r\n\r\n",
    "a line of an old kind": b"GET /socket.io/?EIO=sesame&transport=sesame HTTP/1.1\r\n" + HOST + b"\r\n",
    "a line that speaks no WebSocket": b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + HOST + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: sesame\r\n\r\n",
    "a page that fails": b"GET /probe/crash/sesame HTTP/1.1\r\n" + HOST + b"\r\n",
}  # fmt: skip
SAID = {
    "a line of 5,000 bytes": ("invalid request", "Request Line is too large"),
    "an odd method": ("invalid request", "Invalid HTTP method"),
    "a page that fails": ("request failed", None),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("log")
    with ProbeServer(folder, database_with(probed, "probe", folder)) as server:
        yield server


def lines(server, since=0):
    """Those that were written since, each of which has to be JSON."""
    return [json.loads(line) for line in server.log.read_text()[since:].splitlines()]


def send(server, request):
    """From an address of its own; whatever comes back, until the server hangs up or the caller does."""
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE, (CALLER, 0)) as line:
        line.sendall(request.replace(b"%(host)s", server.base_url[7:].encode()))
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while more := line.recv(65536):
            answer += more
    return answer


@pytest.mark.parametrize("name", REQUESTS)
def test_whatever_is_sent_the_log_stays_readable_and_tells_nobody(server, name):
    since = len(server.log.read_text())
    send(server, REQUESTS[name])
    assert b" 200 " in send(server, b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")

    event, reason = SAID.get(name, (None, None))
    assert event is None or wait_until(lambda: event in server.log.read_text()[since:])
    for line in lines(server, since):
        assert line["event"] and line["timestamp"] and line["level"]
    if event:
        assert (event, reason) in {(line["event"], line.get("reason")) for line in lines(server, since)}
    told = server.log.read_text()[since:]
    assert SENT not in told.lower() and CALLER not in told and "198.51.100" not in told


def test_a_page_that_fails_tells_where_and_why_and_not_what_was_sent(server):
    send(server, REQUESTS["a page that fails"])

    assert wait_until(lambda: "request failed" in server.log.read_text())
    failed = next(line for line in lines(server) if line["event"] == "request failed")
    assert "in crash" in failed["exception"] and failed["endpoint"] == "crash" and failed["request_id"]
    assert failed["exception"].endswith("LookupError\n") and "KeyError\n" in failed["exception"]


def test_a_greenlet_that_fails_and_a_warning_are_lines_too(server):
    send(server, REQUESTS["a page that fails"])

    assert wait_until(lambda: "greenlet failed" in server.log.read_text())
    failed = next(line for line in lines(server) if line["event"] == "greenlet failed")
    assert "ZeroDivisionError" in failed["exception"]
    assert "old ways" in " ".join(line["event"] for line in lines(server))


def test_the_end_of_a_process_is_told_in_lines_too(server):
    since, master = len(server.log.read_text()), server.process.pid
    found = subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True, check=True)  # noqa: S603, S607
    child = int(found.stdout.split()[0])
    os.kill(child, signal.SIGKILL)

    assert wait_until(lambda: f"(pid:{child}) was sent SIGKILL" in server.log.read_text()[since:])
    assert wait_until(server.is_ready)
    assert {line["level"] for line in lines(server, since)} <= {"info", "warning", "error"}


def test_the_worker_writes_lines_of_the_same_shape(tmp_path):
    worker = LiveServer(tmp_path).prepare().worker()
    try:
        assert wait_until(lambda: "The worker is at work." in worker.log.read_text())
    finally:
        worker.stop()

    assert {line["level"] for line in lines(worker)} <= {"info", "warning", "error"}
