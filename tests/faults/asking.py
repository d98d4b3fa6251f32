"""One request to a real server, as a member's browser sends it, and what came back, refusals too."""

import re
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape

from tests.core.live import Still
from tests.patience import PATIENCE

TOGETHER = ThreadPoolExecutor(64)
browser = urllib.request.build_opener(Still)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    text: str

    @property
    def given_back(self):
        """What stands in the fields of the page, to be sent again."""
        areas = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", self.text, re.S)
        return [unescape(area) for area in areas]


def ask(server, path, cookie="", **fields):
    """With `fields` it is a form."""
    headers = {"Cookie": cookie, "Origin": server.base_url, "Accept-Language": "en"}
    body = urllib.parse.urlencode(fields).encode() if fields else None
    request = urllib.request.Request(server.base_url + path, body, headers)
    try:
        response = browser.open(request, timeout=PATIENCE)
    except urllib.error.HTTPError as refusal:
        response = refusal
    with response:
        return Answer(response.status, dict(response.headers), response.read().decode())


def at_once(*questions):
    """What will have been answered to all of them, each asked as (server, path, cookie, fields)."""
    return [
        TOGETHER.submit(ask, server, path, cookie, **fields) for server, path, cookie, fields in questions
    ]
