"""The example for nginx, in front of a server in production."""

import re
import urllib.error
import urllib.request

import pytest

from tests.patience import PATIENCE
from tests.prepared import database_with, nobody
from tests.services import ROOT, LiveServer, Nginx

pytestmark = [pytest.mark.no_app, pytest.mark.needs("nginx")]
NAME = "exchange.example.org"


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deployed")
    settings = {"CITYEXCHANGE_ENV": "production", "SECRET_KEY": "k" * 40, "BASE_URL": f"https://{NAME}"}
    database = database_with(nobody, "deployed", folder)
    server = LiveServer(folder, database, TRUSTED_PROXIES="1", **settings)
    with server, Nginx(without_tls(server.port)) as nginx:
        yield nginx


def without_tls(port):
    """The example as it is, but for the ports and the certificates, which belong to each machine."""
    example = (ROOT / "deploy" / "nginx.conf.example").read_text()
    example = re.sub(r"server \{\n    listen 80;.*?\n\}", "", example, flags=re.S)
    example = re.sub(r"ssl_certificate\w* .*;", "", example).replace("listen 443 ssl http2", "listen {port}")
    return example.replace("127.0.0.1:8000", f"127.0.0.1:{port}").replace("listen {", "listen 127.0.0.1:{")


def ask(door, path, host=NAME, **headers):
    request = urllib.request.Request(door.base_url + path, headers={"Host": host, **headers})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers


def test_a_page_comes_through_and_says_that_it_wants_https(door):
    status, headers = ask(door, "/")
    assert status == 200
    assert "Strict-Transport-Security" in headers


def test_another_host_name_is_refused(door):
    assert ask(door, "/", host="evil.example.org")[0] == 400


def test_live_lines_reach_the_application_which_asks_who_is_there(door):
    assert ask(door, "/socket.io/?EIO=4&transport=polling")[0] == 401


def test_what_is_for_monitors_stays_closed_from_outside(door):
    assert ask(door, "/healthz")[0] == 200
    assert ask(door, "/metrics")[0] == 404


def test_development_stays_outside(door):
    assert ask(door, "/dev/mail")[0] == 404
