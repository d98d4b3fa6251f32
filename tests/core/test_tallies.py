"""Refusals of nobody in particular: counted by kind and hour, one row for each, however many come."""

from datetime import timedelta

import pytest

from cityexchange.core import tallies
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import clock_at, db, unit_of_work, utcnow
from cityexchange.members.models import SignInSession
from tests.factories import MemberFactory, SpaceFactory

LINE = "/socket.io/?EIO=4&transport=polling"
FOREIGN_HOST = {"Host": "evil.example.org"}
FOREIGN_PAGE = {"Origin": "https://evil.example"}


@pytest.fixture(autouse=True)
def nothing_counted(app):
    app.extensions["tallies"].clear()


@pytest.fixture
def ended(app, sign_in):
    """A browser whose sign-in has ended: its cookie is dead."""
    member = MemberFactory()
    browser = sign_in(member)
    db.session.scalars(db.select(SignInSession).filter_by(member_id=member.id)).one().end()
    db.session.commit()
    return browser


def rows():
    refused = db.session.scalars(db.select(AuditEntry).filter_by(outcome="refused").order_by(AuditEntry.id))
    return [(entry.verb, entry.status, entry.facts.get("times")) for entry in refused]


def hidden(browser):
    space = SpaceFactory(confidentiality="group", slug="hidden")
    db.session.commit()
    return browser.get(f"/spaces/{space.slug}")


REFUSALS = {
    "a page for members": (lambda b: b.get("/settings"), [("wall", 302)]),
    "the same as data": (lambda b: b.get("/settings", headers={"Accept": "application/json"}), [("wall", 401)]),
    "the same as a part of a page": (lambda b: b.get("/settings", headers={"HX-Request": "true"}), [("wall", 401)]),
    "a change": (lambda b: b.post("/settings"), [("wall", 401)]),
    "a change from a foreign page": (lambda b: b.post("/settings", headers=FOREIGN_PAGE), [("wall", 401)]),
    "what is hidden": (hidden, [("see", 404), ("wall", 302)]),
    "a foreign host name": (lambda b: b.get("/", headers=FOREIGN_HOST), [("foreign_host", 400)]),
    "a form under a foreign host name": (lambda b: b.post("/sign-in", headers=FOREIGN_HOST), [("foreign_host", 400)]),
    "a public form of a foreign page": (lambda b: b.post("/sign-in", headers=FOREIGN_PAGE), [("members.create_sign_in", 403)]),
    "a line": (lambda b: b.get(LINE), [("line", 401)]),
    "a line under a foreign host name": (lambda b: b.get(LINE, headers=FOREIGN_HOST), [("line_under_foreign_host", 400)]),
    "a line from a foreign page": (lambda b: b.get(LINE, headers=FOREIGN_PAGE), [("line_from_foreign_page", 400)]),
}  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "ended"])
@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_of_nobody_is_one_row_however_often_it_comes(request, who, name):
    """A visitor, and somebody with a cookie that is dead."""
    browser, (act, kinds) = request.getfixturevalue(who), REFUSALS[name]
    before = len(rows())

    assert act(browser).status_code in (302, 400, 401, 403)
    assert sorted(rows()[before:]) == sorted((*kind, 1) for kind in kinds)
    if act is not hidden:
        for _ in range(4):
            act(browser)
        assert sorted(rows()[before:]) == sorted((*kind, 5) for kind in kinds)
    assert all(
        entry.actor_id is None
        for entry in db.session.scalars(db.select(AuditEntry).filter_by(outcome="refused"))
    )


def test_who_is_known_is_listed(sign_in):
    member = MemberFactory()
    browser = sign_in(member)
    for _ in range(3):
        assert browser.post("/spaces").status_code == 403

    assert rows() == [("create", 403, None)] * 3


def test_each_hour_has_its_own_row(visitor):
    visitor.get("/settings")
    with clock_at(utcnow() + timedelta(hours=1)):
        visitor.get("/settings")
        visitor.get("/settings")

    assert rows() == [("wall", 302, 1), ("wall", 302, 2)]


def test_a_flood_costs_few_writes_and_the_number_is_right_to_a_hundredth(app, count_queries):
    with count_queries() as statements:
        for _ in range(5_000):
            with unit_of_work(writing=False):
                tallies.count("wall", 302)
    written = [one for one in statements if one.startswith(("INSERT", "UPDATE"))]

    assert len(rows()) == 1 and 4_950 <= rows()[0][2] <= 5_000
    assert len(written) < 600


def test_what_was_left_of_an_hour_is_written_in_the_next(app):
    for _ in range(350):
        with unit_of_work(writing=False):
            tallies.count("wall", 302)
    with clock_at(utcnow() + timedelta(hours=1)), unit_of_work(writing=False):
        tallies.count("wall", 302)

    assert rows() == [("wall", 302, 350), ("wall", 302, 1)]


def test_a_row_that_retention_took_is_begun_anew(visitor):
    visitor.get("/settings")
    db.session.execute(db.delete(AuditEntry))
    visitor.get("/settings")

    assert rows() == [("wall", 302, 2)]
