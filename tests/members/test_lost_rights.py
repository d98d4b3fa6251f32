"""Whoever takes a right away, a form or a shell: open lines hear of it, in every process."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.sockets import outbox
from tests.factories import MemberFactory


@pytest.fixture
def orders():
    reader = outbox.Collector("elsewhere")
    return lambda: [(notice.event, notice.payload.get("member_id")) for notice in reader.fresh()]


def test_who_leaves_the_team_is_hung_up(orders):
    member = MemberFactory(team_role="facilitator")
    member.team_role = None
    db.session.commit()

    assert orders() == [("hang_up", member.id)]


def test_who_joins_the_team_keeps_the_line(orders):
    member = MemberFactory()
    member.team_role = "facilitator"
    db.session.commit()

    assert orders() == []


def test_all_lines_are_looked_at_again_when_a_city_takes_part_no_more(orders):
    city = MemberFactory().city
    city.state = "suspended"
    db.session.commit()

    assert orders() == [("look_again", None)]
