"""The flood itself, in a process of its own: `python -m tests.load.flooding BASE ROOM SECONDS`; says as JSON what it was answered.

Strangers without a cookie at a steady pace, sign-ins that all begin at once, posts of dense markup as long as is allowed, and lines that
send as fast as they can. What of it is too much is the server's to refuse.
"""

import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.core.live import Still
from tests.load.saved import Listener
from tests.load.sides import Reader

STRANGERS, LANES = 300, 90
"""Requests a second, over so many open connections, as a proxy in front holds them."""
SCRIPT = """
local paths, count, counts = {%(paths)s}, 0, {}
function setup(thread) mine = thread end
function delay() return %(pause)d end
function request() count = count + 1; return wrk.format("GET", paths[count %% #paths + 1]) end
function response(status) local name = "s" .. status; _G[name] = (_G[name] or 0) + 1 end
function done(summary)
  io.write("\\n")
  for status = 100, 599 do
    local times = mine:get("s" .. status)
    if times then io.write(string.format("HEARD %%d %%d\\n", status, times)) end
  end
  local errors = summary.errors
  io.write(string.format("HEARD failed %%d\\n", errors.connect + errors.read + errors.write + errors.timeout))
end
"""
SIGN_INS, POSTS, LINES = 50, 20, 5
PATHS = ["/", "/cities", "/forums", "/topics/2", "/workshops", "/settings", "/no-such-page"]
DENSE = "**a** *b* `c` [d](https://e.example/) > f\n\n- g\n1. h\n\n| i | j |\n|---|---|\n| k | l |\n\n"
LONGEST = 20_000
WRITER, TALKER = "claire@lyon.example", "nour@sfax.example"
heard = {name: Counter() for name in ("strangers", "sign-ins", "posts", "line events")}


def strangers(base, seconds):
    """As many as there are where the answers are quick; where they are slow each connection waits for its own."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(
            SCRIPT % {"paths": ",".join(f'"{path}"' for path in PATHS), "pause": 1000 * LANES // STRANGERS}
        )
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{LANES}",
            f"-d{seconds:.0f}s",
            "--timeout",
            "60s",
            "-s",
            script.name,
            base,
        ]
        told = subprocess.run(command, capture_output=True, text=True).stdout
    for status, times in re.findall(r"^HEARD (\w+) (\d+)$", told, re.M):
        heard["strangers"][status] = int(times)


def send(opener, address, **form):
    try:
        return opener.open(address, urllib.parse.urlencode(form).encode(), timeout=60).status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError as problem:
        return type(problem).__name__


def sign_in(base, number, together):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), Still)
    page = browser.open(f"{base}/sign-in").read().decode()
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    together.wait()
    form = {"email": f"nobody-{number}@flood.example", "password": "wrong words", "csrf_token": token}
    heard["sign-ins"][send(browser, f"{base}/sign-in", **form)] += 1


def post(base, writer, number, together):
    text = (DENSE * LONGEST)[:LONGEST]
    together.wait()
    form = {"text": text, "csrf_token": writer.reply_token, "nonce": f"flood-{time.time()}-{number}"}
    heard["posts"][send(writer.opener, f"{base}/topics/2/posts", **form)] += 1


def shout_all(base, room, cookie, seconds):
    """In a process of their own, which does nothing else: what they sent."""
    shouting = [threading.Thread(target=shout, args=(base, room, cookie, seconds)) for _ in range(LINES)]
    for thread in shouting:
        thread.start()
    for thread in shouting:
        thread.join()
    return heard["line events"]


def shout(base, room, cookie, seconds):
    """Without waiting for an answer, which another thread reads away."""
    listener, until = Listener(base, cookie), time.monotonic() + seconds
    threading.Thread(target=listen_away, args=(listener,), daemon=True).start()
    listener.line.settimeout(seconds)
    listener.tell("room:enter", room_id=room)
    try:
        while time.monotonic() < until:
            listener.tell("room:typing", room_id=room)
            heard["line events"]["sent"] += 1
    except OSError:
        heard["line events"]["lines that the server ended"] += 1


def listen_away(listener):
    try:
        while listener.line.recv(1 << 16):
            pass
    except OSError:
        pass


def flood(base, room, seconds):
    together = threading.Barrier(SIGN_INS + POSTS)
    cookie, writer = Reader(base, TALKER).headers["Cookie"], Reader(base, WRITER)
    until = time.monotonic() + seconds
    deeds = [(strangers, base, seconds)]
    deeds += [(sign_in, base, number, together) for number in range(SIGN_INS)]
    deeds += [(post, base, writer, number, together) for number in range(POSTS)]
    threads = [threading.Thread(target=deed, args=arguments, daemon=True) for deed, *arguments in deeds]
    with ProcessPoolExecutor(1) as beside:
        lines = beside.submit(shout_all, base, room, cookie, seconds)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0, until + 40 - time.monotonic()))
        heard["line events"] = lines.result()


if __name__ == "__main__":
    flood(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
    sys.stdout.write(json.dumps(heard))
