"""A real server with probes, and the simplest Socket.IO clients that can be slow, polling or rude on purpose."""

import http.cookiejar
import json
import socket
import subprocess
import sys
import threading
import urllib.request

import socketio
import websocket
from engineio.payload import Payload

from tests.patience import PATIENCE, wait_until
from tests.services import ROOT, LiveServer

Payload.max_decode_packets = 10_000  # the Python client's own limit, which browsers do not have


class ProbeServer(LiveServer):
    module = "tests.core.live_app"

    def command(self):
        return [*super().command()[:-1], f"{self.module}:app"]

    def flask(self, *arguments):
        command = [sys.executable, "-m", "flask", "--app", self.module, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(), capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def sign_in(self, member_id=1):
        """The cookie header of a browser that has just signed in."""
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        browser.open(f"{self.base_url}/probe/sign-in/{member_id}", data=b"").close()
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)

    def post(self, path, cookie):
        request = urllib.request.Request(self.base_url + path, data=b"", headers={"Cookie": cookie})
        return urllib.request.build_opener(Still).open(request).status


def probed(folder, url):
    """A city and three members, for `database_with`."""
    ProbeServer(folder, url).flask("probe-prepare")


class Still(urllib.request.HTTPRedirectHandler):
    """Follows nothing; a redirect is an answer."""

    def http_error_303(self, req, fp, code, msg, headers):
        return fp

    http_error_302 = http_error_303


def client(server, cookie, transports=("polling", "websocket"), **options):
    """A real Socket.IO client with what it hears of `probe:number` in `.numbers`."""
    line = Client(reconnection=False, **options)
    line.numbers = []
    line.on("probe:number", lambda payload: line.numbers.append(payload["number"]))
    line.connect(server.base_url, headers={"Cookie": cookie}, transports=list(transports))
    return line


class Client(socketio.Client):
    """The Python client, as patient as our tests: its own patience is a second, five or sixty.

    It gives each message a thread of its own, which loses the order they came in; here they are taken in turn.
    """

    def __init__(self, **options):
        super().__init__(request_timeout=PATIENCE, **options)
        trigger = self.eio._trigger_event
        self.eio._trigger_event = lambda event, *args, **how: trigger(
            event, *args, **how | {"run_async": False}
        )

    def connect(self, url, **how):
        super().connect(url, **{"wait_timeout": PATIENCE} | how)

    def call(self, event, data=None, **how):
        return super().call(event, data, **{"timeout": PATIENCE} | how)


GREETING = '42["notification:new"'
"""What each line is told as it begins: how much is unread. Who tests the ground has nothing there."""


class RawLine:
    """A WebSocket that speaks the protocol by hand, with a receive buffer as small as the system allows."""

    def __init__(self, server, cookie, buffer=2048, **headers):
        options = ((socket.SOL_SOCKET, socket.SO_RCVBUF, buffer),)
        self.ws = websocket.WebSocket(sockopt=options, enable_multithread=True)
        self.ws.settimeout(PATIENCE)
        url = server.base_url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self.ws.connect(url, cookie=cookie, suppress_origin=True, header=headers)
        self.read()
        self.ws.send("40")
        assert self.read().startswith("40")

    def read(self):
        """The next packet that is no ping. A line that hears nothing but pings for so long has lost something."""
        assert (text := wait_until(self.read_or_answer)), "nothing but pings"
        return text

    def read_or_answer(self):
        text = self.ws.recv()
        if text == "2":
            self.ws.send("3")
        return None if text == "2" or text.startswith(GREETING) else text

    def say(self, event, **payload):
        """Says it and waits until it is answered: what another line says after that comes after it."""
        self.ws.send("421" + json.dumps([event, payload]))
        while not self.read().startswith("431"):
            pass

    def next_event(self):
        while not (text := self.read()).startswith("42"):
            pass
        return json.loads(text[2:])


class UpgradingLine(RawLine):
    """Goes from long-polling to WebSocket as browsers do, while it is already spoken to, and notes every number."""

    def __init__(self, server, cookie):
        self.cookie, self.numbers = cookie, []
        self.url = f"{server.base_url}/socket.io/?EIO=4"
        self.sid = json.loads(self.ask("polling")[1:])["sid"]
        self.url += f"&sid={self.sid}"
        self.ask("polling", "40")
        self.ask("polling")

    def ask(self, transport, body=None):
        request = urllib.request.Request(f"{self.url}&transport={transport}", headers={"Cookie": self.cookie})
        request.data = body.encode() if body else None
        return urllib.request.urlopen(request, timeout=PATIENCE).read().decode()

    def say(self, event, **payload):
        self.ask("polling", "421" + json.dumps([event, payload]))

    def upgrade(self):
        polling = threading.Thread(target=self.poll, daemon=True)
        polling.start()
        assert wait_until(lambda: self.numbers), "not spoken to yet"
        self.ws = websocket.WebSocket(enable_multithread=True)
        self.ws.settimeout(PATIENCE)
        url = self.url.replace("http", "ws", 1) + "&transport=websocket"
        self.ws.connect(url, cookie=self.cookie, suppress_origin=True)
        self.ws.send("2probe")
        assert self.ws.recv() == "3probe"
        polling.join()
        self.ws.send("5")

    def poll(self):
        """Until the server says, with an empty packet, that the rest comes the other way."""
        packets = []
        while "6" not in packets:
            packets = self.ask("polling").split("\x1e")
            self.note(packets)

    def note(self, packets):
        events = [json.loads(packet[2:]) for packet in packets if packet.startswith("42")]
        self.numbers += [payload["number"] for event, payload in events if event == "probe:number"]

    def read_up_to(self, number):
        while self.numbers[-1] < number:
            self.note([self.read()])
