"""CPU and memory of whole process trees from /proc, and HTTP load by wrk. Linux."""

import json
import os
import re
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
SCRIPT = """
local paths, headers, body = {%(paths)s}, {%(headers)s}, %(body)s
local count, wrong = %(start)d, 0
function request()
  count = count + 1
  local text = body and body:gsub("NONCE", tostring(count))
  return wrk.format(%(method)s, paths[count %% #paths + 1], headers, text)
end
function done(summary, latency)
  io.write(string.format("\\nFOUND %%d %%d %%d %%f\\n", summary.requests, summary.errors.status + summary.errors.read
    + summary.errors.timeout + summary.errors.connect, summary.bytes, latency:percentile(50) / 1000))
end
"""


def family(pid):
    """The process and all that came from it."""
    children = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(place.read_text().rsplit(")", 1)[1].split()[1]), []).append(
                int(place.parent.name)
            )
        except (OSError, ValueError):
            continue  # it has just ended
    found, rest = [], [pid]
    while rest:
        found.append(one := rest.pop())
        rest += children.get(one, [])
    return found


def cpu(*pids):
    """Seconds of CPU that the trees under these have used, ended children included."""
    ticks = 0
    for pid in {member for root in pids for member in family(root)}:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(map(int, fields[11:15]))
        except OSError:
            continue
    return ticks / TICKS


def memory(pid):
    """(RSS, PSS) in MB of the largest process under this one: the web process itself, without its arbiter."""
    sizes = []
    for member in family(pid):
        text = Path(f"/proc/{member}/smaps_rollup").read_text()
        sizes.append(
            tuple(int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1]) / 1024 for name in ("Rss", "Pss"))
        )
    return max(sizes)


def lua(text):
    return f"[==[{text}]==]"


class Load:
    """What wrk asks for: paths in turn, headers, and for a POST a body in which NONCE is counted up."""

    started = 0

    def __init__(self, *paths, headers=None, body=None):
        self.paths, self.headers, self.body = paths, headers or {}, body

    def script(self):
        Load.started += 1_000_000
        return SCRIPT % {
            "paths": ",".join(map(lua, self.paths)),
            "headers": ",".join(f"[ {lua(name)} ]={lua(value)}" for name, value in self.headers.items()),
            "body": lua(self.body) if self.body else "nil",
            "method": lua("POST" if self.body else "GET"),
            "start": Load.started,
        }

    def run(self, base, seconds, clients, folder):
        """(requests, refused or failed, bytes an answer, median milliseconds)"""
        script = Path(folder) / "load.lua"
        script.write_text(self.script())
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", script, base]
        for _try in range(3):  # now and then wrk ends without having told anything
            told = subprocess.run(list(map(str, command)), capture_output=True, text=True)
            if found := re.search(r"FOUND (\d+) (\d+) (\d+) (\S+)", told.stdout):
                break
        else:
            raise RuntimeError(f"wrk told nothing: {told.stdout}{told.stderr}")
        count, wrong, size, middle = found.groups()  # the last is "nan" where nothing was answered in time
        return int(count), int(wrong), int(size) / max(1, int(count)), float(middle)


def settle(*pids):
    """Waits until the server has worked off what the load left in its queue."""
    for _ in range(40):
        before = cpu(*pids)
        time.sleep(0.2)
        if cpu(*pids) - before < 0.03:
            return


def cell(load, base, pids, seconds, clients, folder):
    """One measurement: CPU milliseconds a request over the trees of `pids`, and what wrk found."""
    before = cpu(*pids)
    count, wrong, size, middle = load.run(base, seconds, clients, folder)
    used = cpu(*pids) - before  # at once: what was cut off on the way was not counted either
    settle(*pids)
    return {
        "cpu_ms": used * 1000 / max(1, count), "count": count, "wrong": wrong, "kb": size / 1024, "p50": middle,
    }  # fmt: skip


def live_cell(program, command, clients, pace, seconds, folder, environment=None, warm=2):
    """Starts a live server, loads it, ends it. CPU microseconds a delivery, and what the client found."""
    ready, go = Path(folder) / "ready", Path(folder) / "go"
    for mark in (ready, go):
        mark.unlink(missing_ok=True)
    port = command[-1]
    with open(Path(folder) / "live.log", "ab") as log:
        server = subprocess.Popen(
            command[:-1] + [str(port)] if "node" in command[0] else command[:-1],
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        time.sleep(warm)
        empty = memory(server.pid)[1]
        words = [program, port, clients, pace, seconds, ready, go]
        load = subprocess.Popen(list(map(str, words)), stdout=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 90
        while not ready.exists() and load.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        full, before = memory(server.pid)[1], cpu(server.pid)
        go.touch()
        found = json.loads(load.communicate(timeout=seconds + 60)[0])
        found["us"] = (cpu(server.pid) - before) * 1e6 / max(1, found["delivered"])
        found["kb"] = (full - empty) * 1024 / clients
        return found
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
