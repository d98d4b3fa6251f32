"""What happens to a member while a service behind us is slow, cut off, silent or torn off in mid-answer; and after that."""

import secrets
import urllib.parse
from contextlib import ExitStack
from functools import partial
from itertools import count

import pytest
import requests
from moto.server import ThreadedMotoServer

from cityexchange.core.files.bucket import Bucket
from tests.chat.test_live_server import ChatServer, rooms
from tests.core.test_log_lines import lines
from tests.faults.asking import TOGETHER, ask
from tests.faults.proxy import BLACK_HOLE, CUT, RESET, SLOW, Proxy
from tests.files.factories import PDF
from tests.patience import PATIENCE, wait_until
from tests.prepared import made_files
from tests.services import Redis
from tests.session import new_database, postgresql_server

pytestmark = [pytest.mark.no_app, pytest.mark.needs("postgresql", "redis")]
ROOM, MESSAGES = "/chat/rooms/1", "/chat/rooms/1/messages"
AWS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}
YES = {"page": 200, "message": 303, "file": 200, "upload": 201}
NO_DATABASE = dict.fromkeys(YES, 503)
NO_FILES = YES | {"file": 503, "upload": 503}
CASES = {
    ("database", "slow"): YES, ("database", "reset"): NO_DATABASE,
    ("database", "black hole"): NO_DATABASE, ("database", "cut"): NO_DATABASE,
    ("redis", "reset"): YES, ("redis", "black hole"): YES,
    ("files", "slow"): YES, ("files", "reset"): NO_FILES, ("files", "black hole"): NO_FILES, ("files", "cut"): NO_FILES,
}  # fmt: skip
"""What a member hears meanwhile of each thing they do."""
FAULTS = {"slow": SLOW, "reset": RESET, "black hole": BLACK_HOLE, "cut": CUT}
SAID = {"database": "What is stored here cannot be reached", "files": "Files cannot be reached"}
MOST_OF_REDIS = 6
"""Seconds: a line to Redis, and to wake the worker through it. The library alone would take ten for the first."""
numbers = count()


class Site:
    """A server that reaches everything through proxies, and a member of it."""

    def __init__(self, server, proxies):
        self.server, self.proxies, self.cookie = server, proxies, server.sign_in()
        self.file = self.upload().json()["url"]

    def upload(self):
        headers = {"Cookie": self.cookie, "Origin": self.server.base_url, "Accept": "application/json"}
        files = {"file": ("report.pdf", PDF)}
        return requests.post(f"{self.server.base_url}/files", files=files, headers=headers, timeout=PATIENCE)

    def say(self, words, nonce):
        return ask(self.server, MESSAGES, self.cookie, text=words, nonce=nonce)

    def page(self, path=ROOM):
        return ask(self.server, path, self.cookie)


def milliseconds_of(server, answer):
    told = [line for line in lines(server) if line.get("request_id") == answer.headers["X-Request-Id"]]
    return next(line["milliseconds"] for line in told if line["event"] == "request")


def port_of(url):
    return urllib.parse.urlsplit(url).port


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder, stack = tmp_path_factory.mktemp("services"), ExitStack()
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    with stack:
        stack.callback(moto.stop)
        redis = stack.enter_context(Redis())
        ports = {
            "database": port_of(postgresql_server()),
            "redis": redis.port,
            "files": moto.get_host_and_port()[1],
        }
        proxies = {name: stack.enter_context(Proxy(port)) for name, port in ports.items()}
        yield Site(stack.enter_context(begun(folder, proxies)), proxies)


def begun(folder, proxies):
    url = new_database("services", folder, kind="postgresql")
    rooms(folder, url)
    made_files(folder)
    through = url.replace(str(port_of(url)), str(proxies["database"].port), 1)
    settings = {
        "REDIS_URL": f"redis://127.0.0.1:{proxies['redis'].port}/0", "DATABASE_PATIENCE": "1", "FILES_URL": "s3://exchange",
        "S3_ENDPOINT_URL": f"http://127.0.0.1:{proxies['files'].port}",
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as environment:
        for name, value in AWS.items():
            environment.setenv(name, value)
        Bucket("exchange", settings["S3_ENDPOINT_URL"]).client.create_bucket(Bucket="exchange")
    return ChatServer(folder, through, **settings, **AWS)


@pytest.mark.parametrize(("service", "fault"), CASES, ids=[f"{service}, {fault}" for service, fault in CASES])
def test_a_service_that_fails_is_named_and_nothing_is_lost_or_doubled(site, service, fault):
    expected, nonce = CASES[service, fault], secrets.token_hex(8)
    words = f"Words {next(numbers)} of {nonce}, 谢谢 <b> " * 3
    proxy = site.proxies[service]
    proxy.begin(FAULTS[fault])
    try:
        deeds = [partial(site.say, words, nonce), site.page, site.upload, partial(site.page, site.file)]
        said, page, upload, file = [TOGETHER.submit(deed).result for deed in deeds]
        said, page, upload, file = said(), page(), upload(), file()
    finally:
        proxy.mend()

    heard = {"message": said.status, "page": page.status, "upload": upload.status_code, "file": file.status}
    assert heard == expected
    if service == "redis":
        assert milliseconds_of(site.server, said) < 1000 * MOST_OF_REDIS
    if said.status == 503:
        assert said.given_back == [words] and SAID[service] in said.text
        assert SAID[service] in page.text and int(page.headers["Retry-After"]) > 0
    if file.status == 503:
        assert SAID[service] in file.text and upload.json()["title"] == SAID[service]
    assert wait_until(lambda: site.page().status == 200)
    assert site.say(words, nonce).status == 303, "sent again, as the page offers"
    assert site.page().text.count(nonce) == 1 * words.count(nonce)
    assert site.upload().status_code == 201 and site.page(site.file).status == 200
