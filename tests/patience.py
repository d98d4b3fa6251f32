"""How long a test waits for what must come: one patience for all, so that no test knows how fast the machine is.

What takes longer than usual is a figure, not a failure: the longest waits of a run stand at its end. CITYEXCHANGE_TEST_PATIENCE=3
stretches it, for a machine that is very busy. A plugin of tests/conftest.py.

    assert wait_until(lambda: line.numbers == [1])
    process.wait(PATIENCE)
"""

import os
import time

import pytest

STRETCHED = float(os.environ.get("CITYEXCHANGE_TEST_PATIENCE") or 1)
PATIENCE = 90 * STRETCHED
"""Seconds: no less than a server may take to start on a machine that does much else."""
LONGEST = 10
_waits = []
_now = [""]


def wait_until(is_so):
    """What `is_so()` gave once it was true; after PATIENCE what it gave last, which is false."""
    began = time.monotonic()
    while not (so := is_so()) and time.monotonic() < began + PATIENCE:
        time.sleep(0.02)
    _waits.append((round(time.monotonic() - began, 2), _now[0]))
    return so


def rest(seconds):
    """As long as the server said that it takes nothing more."""
    time.sleep(seconds)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """A whole test may take longer too (`timeout` in pyproject.toml), before it counts as one that waits for ever."""
    if config.getoption("timeout", None) is None and STRETCHED > 1:
        config.option.timeout = float(config.getini("timeout")) * STRETCHED


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logstart(nodeid):
    _now[0] = nodeid


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["waits"] = longest(_waits)


def pytest_testnodedown(node):
    _waits.extend(map(tuple, getattr(node, "workeroutput", {}).get("waits", ())))


def pytest_terminal_summary(terminalreporter):
    if _waits:
        terminalreporter.section(f"the longest waits (each may take {PATIENCE:.0f} s)")
        for seconds, test in longest(_waits):
            terminalreporter.line(f"{seconds:7.2f} s  {test}")


def longest(waits):
    return sorted(waits, reverse=True)[:LONGEST]
