"""The many ways in which a test could know how fast the machine is, and their like that do not."""

import pytest

from tests.architecture import clock_walls

pytestmark = pytest.mark.no_app
TEST = "tests/chat/test_lines.py"


def complaints(root, text, name=TEST):
    (root / name).parent.mkdir(parents=True)
    (root / name).write_text(text)
    return list(clock_walls.tests_know_no_speed(root))


@pytest.mark.parametrize(
    "text",
    [
        "from time import sleep as rest\nrest(1)",
        "gevent.sleep(0.01)",
        "began = time.monotonic()",
        "InProcess(clock=time.perf_counter_ns)",
        "assert time.time() < began + 5",
        "took = int(time.time()) - began",
        "assert timedelta(seconds=45) < mail.due_at - utcnow()",
        "assert (datetime.now(UTC) - began).total_seconds() < 5",
        "process.communicate(timeout=20)",
        "line.connect(url, wait_timeout=10)",
        "process.wait(20)",
        "SOON = 5\nassert wait_until(is_gone, SOON)",
        "thread.join(2 * 30)",
        "assert wait_until(is_gone, seconds=2)",
        "page.wait_for_timeout(pause)",
        "expect(page).to_be_visible(timeout=15_000)",
        "@pytest.mark.timeout(10)\ndef test(): pass",
        "database.execute(text('SELECT pg_' 'sleep(1)'))",
        "PROGRAM = '''\nimport time\ntime.sleep(0.5)\n'''",
        "began = utcnow()\nended = utcnow()\nassert ended - began < timedelta(seconds=5)",
        "took = utcnow() - began\nassert took < timedelta(0, 5)",
        "took = (datetime.now(UTC) - began).total_seconds()\nassert took < 5",
        "end = time.time() + 5\nwhile time.time() < end: pass",
        "assert time.time_ns() < began + 5",
        "SOON = timedelta(seconds=5)\nassert utcnow() < began + SOON",
        "SOON: int = 5\nprocess.wait(SOON)",
        "def test():\n    seconds = 2\n    process.wait(seconds)",
        "process.wait(PATIENCE / 40)",
        "process.wait(min(PATIENCE, 5))",
        "expect.set_options(5000)",
        "lock.acquire(True, 5)",
        "threading.Timer(2, stop).start()",
        "rest = time.sleep\nrest(2)",
        "page.evaluate('new Promise((done) => set' 'Timeout(done, 500))')",
    ],
)
def test_a_test_that_knows_is_seen(text, tmp_path):
    assert len(complaints(tmp_path, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "assert wait_until(lambda: line.numbers == [1])",
        "process.wait(PATIENCE), process.wait(), process.communicate(timeout=PATIENCE)",
        "gevent.sleep(0)",
        "code = TOTP(secret).generate(int(time.time()) + 30 * steps)",
        "proof.expires_at = utcnow() - timedelta(seconds=1)",
        "assert row.count == 1 and row.window_ends_at > utcnow()",
        "assert seat.until == utcnow().date() + timedelta(days=9)",
        "limit = Limit('probe', most=1, seconds=60, each=MEMBER)",
        "words = ', '.join(names)",
        "WORDS = '''\nTo import goods, wait.\n'''",
    ],
)
def test_a_test_that_does_not_know_may_pass(text, tmp_path):
    assert complaints(tmp_path, text) == []


@pytest.mark.parametrize("known", [f"{TEST}: time.sleep(2)", TEST])
def test_what_is_known_may_stay_and_its_line_goes_when_it_goes(known, tmp_path, monkeypatch):
    monkeypatch.setattr(clock_walls, "KNOWN_WAITS", {known: "for this test"})
    assert complaints(tmp_path / "before", "time.sleep(2)") == []
    assert complaints(tmp_path / "after", "") == [
        f"{known} is not there any more; take it out of KNOWN_WAITS"
    ]
