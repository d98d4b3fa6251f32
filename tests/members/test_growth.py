"""What the directory of people, a member's page and what is one's own cost does not grow with the community: counted at a volume, and at
ten times that. What is looked for by words is the exception, as everywhere: names are read until a page is full."""

import pytest
from sqlalchemy import func, insert, select, text

from cityexchange.core.db import db
from cityexchange.demo import volume
from cityexchange.demo.volume import people
from cityexchange.members.models import AskTheme, Member
from cityexchange.themes.models import Theme
from tests.effort import counted_effort
from tests.tables import empty_tables

MOST, BESIDE = 1.2, 200
PATHS = (
    "/people",
    "/people?after={member}",
    "/people?language=en",
    "/people?theme={theme}",
    "/people?theme={theme}&after={member}",
    "/members/{member}",
    "/mine",
)


def fill(members):
    empty_tables()
    beside = {"posts": 6 * members, "forums": 4, "rooms": 2, "messages": 20, "workshops": 2, "registrants": 2}
    volume.load(volume.Size(members=members, topics=members, **beside))
    ids = db.session.scalars(select(Member.id)).all()
    theme = db.session.scalars(select(Theme.id).order_by(Theme.position)).first()
    db.session.execute(insert(AskTheme), [{"member_id": id, "theme_id": theme} for id in ids])
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
    db.session.commit()


def efforts(browser):
    """{path: what its page costs who has seen it before}"""
    half = db.session.scalar(select(func.min(Member.id) + func.count() / 2))
    names = {"member": int(half), "theme": db.session.scalar(select(Theme.key).order_by(Theme.position))}
    found = {}
    for path in PATHS:
        address = path.format(**names)
        assert browser.get(address).status_code == 200, address
        with counted_effort() as effort:
            browser.get(address)
        found[path] = effort.units
    return found


@pytest.fixture(autouse=True)
def many_cities(monkeypatch):
    """So that a city has as many people at both volumes."""
    monkeypatch.setattr(people, "CITIES", 400)


def test_what_a_page_of_people_costs_does_not_grow_with_the_community(sign_in):
    found = []
    for members in (200, 2_000):
        fill(members)
        found.append(efforts(sign_in(db.session.scalars(select(Member).order_by(Member.id)).first())))

    few, many = found
    grown = {path: (few[path], many[path]) for path in few if many[path] > MOST * few[path] + BESIDE}
    assert not grown, (few, many)
