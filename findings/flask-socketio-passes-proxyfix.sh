#!/bin/sh
# Flask-SocketIO 5.7.0 with Werkzeug 3.1.9: live lines do not see what ProxyFix says of the caller, if it was set on the application first.
# Flask-SocketIO sets its middleware around app.wsgi_app as it stands, so requests for /socket.io/ are answered outside of a ProxyFix that was
# put there before init_app. Pages see the address that the proxy names, events and connections of the same browser that of the proxy.
# Seen: the page hears 203.0.113.9, the line hears 127.0.0.1. The other way round (init_app first, ProxyFix afterwards) both hear 203.0.113.9.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check flask==3.1.3 flask-socketio==5.7.0 werkzeug==3.1.9
"$folder/venv/bin/python" - <<'PROGRAM'
from importlib.metadata import version

from flask import Flask, request
from flask_socketio import SocketIO
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

print({name: version(name) for name in ("flask-socketio", "python-socketio", "python-engineio", "werkzeug")})


def heard(proxies_first):
    app, told = Flask("probe"), {}
    socketio = SocketIO(async_mode="threading")

    @app.get("/")
    def page():
        told["page"] = request.remote_addr
        return ""

    if proxies_first:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)
    socketio.init_app(app)
    if not proxies_first:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)

    @socketio.on("connect")
    def connect():
        told["line"] = request.remote_addr

    browser = Client(app)
    facts = {"headers": {"X-Forwarded-For": "203.0.113.9"}, "environ_base": {"REMOTE_ADDR": "127.0.0.1"}}
    browser.get("/", **facts)
    opened = browser.get("/socket.io/?EIO=4&transport=polling", **facts)
    line = opened.text.split('"sid":"')[1].split('"')[0]
    browser.post(f"/socket.io/?EIO=4&transport=polling&sid={line}", data="40", **facts)
    for _ in range(50):
        if "line" in told:
            break
        browser.get(f"/socket.io/?EIO=4&transport=polling&sid={line}", **facts)
    return told


first, afterwards = heard(True), heard(False)
print("ProxyFix first:", first)
print("ProxyFix afterwards:", afterwards)
assert first == {"page": "203.0.113.9", "line": "127.0.0.1"}
assert afterwards == {"page": "203.0.113.9", "line": "203.0.113.9"}
PROGRAM
echo "As described."
