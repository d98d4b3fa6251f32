"""Networks that spoil live lines, as offices have them: a browser goes through one of these to the real server."""

import contextlib
import socket
import threading

from tests.services import Nginx

ANSWER = b"HTTP/1.1 %b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
SWITCHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class WebProxy:
    """A browser's web proxy. What it does with WebSocket, for which browsers ask it for a tunnel (CONNECT), is given:

    "refuse" says no; "swallow" says nothing at all; "hang" opens the tunnel and lets nothing through; "shut" lets the
    greeting of the server through and closes. `cut_after`: seconds of silence that a long poll is granted.
    """

    def __init__(self, tunnels, cut_after=None):
        self.tunnels, self.cut_after = tunnels, cut_after
        self.cuts = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.welcome, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.door.close()

    @property
    def settings(self):
        """As Playwright asks for them."""
        address = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        return {"proxy": {"server": address, "bypass": "<-loopback>"}}

    def welcome(self):
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.door.accept()
                threading.Thread(target=self.serve, args=(line,), daemon=True).start()

    def serve(self, line):
        with contextlib.suppress(OSError, ValueError):
            head = line.recv(65536)
            method, address = head.split(b" ", 2)[:2]
            if method == b"CONNECT":
                return self.tunnel(line, address)
            place = address.split(b"/", 3)[2]
            self.relay(line, place, head)

    def tunnel(self, line, place):
        if self.tunnels == "refuse":
            line.sendall(ANSWER % b"403 Forbidden")
            return line.close()
        if self.tunnels in {"hang", "shut"}:
            line.sendall(SWITCHED)
        if self.tunnels == "shut":
            return self.greet_and_shut(line, place)
        while line.recv(65536):
            pass

    def greet_and_shut(self, line, place):
        server = self.reach(place)
        server.sendall(line.recv(65536))
        line.sendall(server.recv(65536).split(b"\r\n\r\n")[0] + b"\r\n\r\n")
        line.sendall(b"\x88\x00")
        for end in (line, server):
            end.close()

    @staticmethod
    def reach(place):
        host, _, port = place.partition(b":")
        return socket.create_connection((host.decode(), int(port)))

    def relay(self, line, place, head):
        """One request and its answer. Only a poll is cut: what else takes long is a busy machine's."""
        server = self.reach(place)
        server.sendall(head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        server.settimeout(
            self.cut_after if head.startswith(b"GET") and b"transport=polling" in head else None
        )
        threading.Thread(target=self.pump, args=(line, server), daemon=True).start()
        self.pump(server, line)

    def pump(self, source, target):
        try:
            while some := source.recv(65536):
                target.sendall(some)
        except TimeoutError:
            self.cuts += 1
        except OSError:
            pass
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(2)


def nginx_without_upgrade(server):
    """nginx as it is set up by somebody who has not heard of WebSocket: `Upgrade` is not passed on."""
    return Nginx(
        f"""server {{ listen 127.0.0.1:{{port}}; location / {{
            proxy_pass http://127.0.0.1:{server.port}; proxy_set_header Host 127.0.0.1:{server.port};
            proxy_set_header Origin {server.base_url}; }} }}"""
    )
