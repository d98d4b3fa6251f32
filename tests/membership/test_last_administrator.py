"""Somebody always looks after the community: no door takes its last administrator away, and none of a coordinator's any."""

import pytest
from flask_security.utils import hash_password

from cityexchange.archive.leaving import leave
from cityexchange.core.db import db
from cityexchange.members.models import LastAdministrator, Member
from cityexchange.membership.models import Suspension
from tests.factories import MemberFactory
from tests.membership.steps import suspend

PASSWORD = "a long enough one"  # noqa: S105


@pytest.fixture
def olga(app):
    return MemberFactory(
        city=None, team_role="admin", email="olga@team.example", password=hash_password(PASSWORD)
    )


@pytest.fixture
def bo(app):
    return MemberFactory(city=None, team_role="admin", name="Bo")


def lower(member):
    member.take_team_role("coordinator")


def take_role(member):
    member.take_team_role(None)


def stand_aside(member):
    Suspension.begin(member, 3, "We look into it.", member)


DEEDS = [lower, take_role, stand_aside, leave, Member.suspend]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("other", ["nobody", "locked", "coordinator", "gone"])
def test_the_last_one_stays_whatever_is_done(olga, bo, deed, other):
    """Whoever is locked, lowered or gone is none."""
    if other == "locked":
        bo.suspend()
    elif other == "gone":
        leave(bo)
    else:
        bo.take_team_role("coordinator" if other == "coordinator" else None)
    with pytest.raises(LastAdministrator):
        deed(olga)
    assert (olga.team_role, olga.state) == ("admin", "active")


@pytest.mark.parametrize("deed", DEEDS)
def test_one_of_two_may_go(olga, bo, deed):
    deed(olga)
    assert (olga.team_role, olga.state) != ("admin", "active")


@pytest.mark.parametrize("role", ["coordinator", "organiser", "facilitator"])
def test_only_an_administrator_has_an_administrator_stand_aside(olga, bo, sign_in, role):
    path = f"/members/{bo.id}/suspend"
    other = sign_in(MemberFactory(city=None, team_role=role))
    assert suspend(other, path).status_code == 403
    assert other.get(path).status_code == 403
    assert path not in other.get(f"/members/{bo.id}").text
    assert bo.state == "active"
    assert suspend(sign_in(olga), path).status_code == 303
    assert bo.state == "locked"


def test_a_coordinator_still_has_a_coordinator_stand_aside(olga, sign_in, coordinator):
    other = MemberFactory(city=None, team_role="coordinator")
    assert suspend(sign_in(coordinator), f"/members/{other.id}/suspend").status_code == 303


def test_the_last_one_hears_why_they_cannot_leave(olga, sign_in):
    refused = sign_in(olga).post("/settings/leave", data={"proof": PASSWORD})
    assert refused.status_code == 422 and "You are the last administrator" in refused.text
    db.session.refresh(olga)
    assert olga.state == "active"
    MemberFactory(city=None, team_role="admin")
    db.session.commit()
    assert sign_in(olga).post("/settings/leave", data={"proof": PASSWORD}).status_code == 303


def test_the_command_leaves_one(app, olga):
    db.session.commit()
    for role in ("none", "coordinator", "facilitator"):
        done = app.test_cli_runner().invoke(args=["members", "team", olga.email, role])
        assert done.exit_code == 1 and "last administrator" in done.output
    db.session.refresh(olga)
    assert olga.team_role == "admin"
