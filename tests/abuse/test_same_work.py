"""Abuse case 1: whether a record is hidden or absent shows in no time either. The same statements and the same commits answer for both."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from tests.abuse.doors import OPEN_TO, SEEN_BY, address, doors
from tests.abuse.world import OUTSIDERS

SMALL = re.compile(r"\b\d+\b|'[^']*'")


@pytest.fixture
def works(app, count_queries):
    """What a request asks the database, and how often it is kept or undone."""

    @contextmanager
    def counting():
        ends = []
        listeners = [(name, lambda _line, name=name: ends.append(name)) for name in ("commit", "rollback")]
        with count_queries() as statements:
            for name, listener in listeners:
                event.listen(db.engine, name, listener)
            work = []
            yield work
            for name, listener in listeners:
                event.remove(db.engine, name, listener)
            work += [*(SMALL.sub("?", one) for one in statements), *sorted(ends)]

    return counting


def work_of(browser, path, method, works):
    browser.application.extensions[
        "tallies"
    ].clear()  # of many refusals of visitors a few are written, whichever they are
    with works() as work:
        assert browser.open(path, method=method).status_code in (302, 401, 404)
    return work


@pytest.mark.parametrize("role", OUTSIDERS)
def test_what_is_hidden_costs_what_the_absent_costs(app, world, browsers, role, works):
    different = []
    for endpoint, method, rule, record in doors(app):
        if role in SEEN_BY[record] or role in OPEN_TO.get(endpoint, ()):
            continue
        place = world.places[record]
        paths = address(rule, place), address(rule, "nowhere" if isinstance(place, str) else 999_999)
        for path in paths:
            browsers[role].open(path, method=method)  # what is made once is made
        hidden, absent = (work_of(browsers[role], path, method, works) for path in paths)
        if hidden != absent:
            different.append((endpoint, method, len(hidden), len(absent)))

    assert different == []


def test_what_is_hidden_is_told_by_its_number_and_what_is_absent_is_not(world, browsers):
    topic = world.places["topic"]
    for number in (topic, 999_999):
        browsers["official"].get(f"/topics/{number}")

    told = db.session.scalars(db.select(AuditEntry).filter_by(verb="see").order_by(AuditEntry.id))
    assert [(one.record_type, one.record_id) for one in told] == [("Topic", topic), ("Topic", None)]
