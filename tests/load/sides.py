"""What each server under measurement is asked for, by whom."""

import http.cookiejar
import re
import urllib.parse
import urllib.request

from tests.load.measuring import Load

DEEP, LONG_TOPIC = 90, 1
TOPICS = range(2, 102)
WORDS = " ".join(["pasore linmar **vilsal** xogade nipelu"] * 24)


class Reader:
    """A signed-in member, as the headers of their browser."""

    def __init__(self, base, email="m0002@volume.example"):
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        token = self.token(f"{base}/sign-in")
        form = {"email": email, "password": "cityexchange", "csrf_token": token}
        self.opener.open(f"{base}/sign-in", urllib.parse.urlencode(form).encode()).close()
        self.headers = {"Cookie": "; ".join(f"{one.name}={one.value}" for one in self.jar)}
        self.reply_token = self.token(f"{base}/topics/{TOPICS[0]}")

    def token(self, address):
        page = self.opener.open(address).read().decode()
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


class Side:
    """A server under measurement: where it is, whose CPU counts, what it is asked on each page."""

    def __init__(self, base, pids, loads):
        self.base, self.pids, self.loads = base, pids, loads


def page_paths():
    return {
        "start page": ["/"],
        "forum index": ["/forums"],
        "topic list": ["/forums/volume-02", "/forums/volume-03", "/forums/volume-04"],
        "topic page": [f"/topics/{id}" for id in TOPICS],
        "deep page": [f"/topics/{LONG_TOPIC}?page={page}" for page in range(DEEP, DEEP + 10)],
        "workshop list": ["/workshops"],
        "workshop page": ["/workshops/1"],
    }


def visitor_loads():
    return {page: Load(*paths) for page, paths in page_paths().items()}


def member_loads(base):
    reader = Reader(base)
    loads = {page: Load(*paths, headers=reader.headers) for page, paths in page_paths().items()}
    brotli = reader.headers | {"Accept-Encoding": "br"}
    loads["topic page, compressed"] = Load(*page_paths()["topic page"], headers=brotli)
    form = urllib.parse.urlencode({"text": WORDS, "csrf_token": reader.reply_token})
    return loads | replies(f"{form}&nonce=n-NONCE", reader.headers)


def replies(body, headers):
    headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
    paths = [f"/topics/{id}/posts" for id in TOPICS]
    return {name: Load(*paths, headers=headers, body=body) for name in ("reply", "reply, 16 at once")}


def floor_loads():
    loads = visitor_loads()
    del loads["start page"]
    return loads | replies(urllib.parse.urlencode({"text": WORDS}), {})


GROWTH = {
    "start page": ["/"],
    "all topics": ["/topics"],
    "unanswered": ["/topics?filter=unanswered"],
    "a city": ["/cities/volume-01"],
    "a theme": ["/themes/housing"],
    "topic list": page_paths()["topic list"],
    "topic page": page_paths()["topic page"],
}


def growth_side(server, store):
    """What a member asks for at the usual volume and at ten times that."""
    reader = Reader(server.base_url)
    loads = {page: Load(*paths, headers=reader.headers) for page, paths in GROWTH.items()}
    return Side(server.base_url, [server.process.pid, *([store.process.pid] if store else [])], loads)
