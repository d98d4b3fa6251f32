"""Who stands aside for some days, and why."""

from datetime import timedelta

import pytest
from flask_security.utils import hash_password

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from cityexchange.membership import clock
from cityexchange.membership.models import Suspension
from tests.factories import CityFactory, MemberFactory
from tests.membership.steps import suspend

PASSWORD = "a long enough one"  # noqa: S105


def test_a_member_stands_aside_for_days_with_a_reason(sign_in, coordinator, mails):
    ana = MemberFactory()
    theirs, desk = sign_in(ana), sign_in(coordinator)
    path = f"/members/{ana.id}/suspend"
    for changes in ({"days": "0"}, {"days": "366"}, {"reason": ""}, {"days": "x"}):
        assert suspend(desk, path, **changes).status_code == 422
    assert ana.active

    assert suspend(desk, path).status_code == 303

    assert ana.state == "locked" and theirs.get("/settings").status_code == 302
    letter = compose(mails()[-1])
    assert mails()[-1].address == ana.email and "Names of migrants were posted." in letter.text
    assert "Names of migrants were posted." in desk.get(f"/members/{ana.id}").text
    assert "Names of migrants" not in sign_in(MemberFactory()).get(f"/members/{ana.id}").text


def test_who_knows_the_password_reads_why_it_does_not_help_today(sign_in, coordinator, visitor):
    ana = MemberFactory(email="ana@lyon.example", password=hash_password(PASSWORD))
    suspend(sign_in(coordinator), f"/members/{ana.id}/suspend")
    known = {"email": ana.email, "password": PASSWORD}

    answer = visitor.post("/sign-in", data=known)
    assert answer.status_code == 422 and "Names of migrants were posted." in answer.text
    assert "do not belong together" not in answer.text and 'value="ana@lyon.example"' in answer.text
    assert visitor.get("/settings").status_code == 302

    stranger = visitor.post("/sign-in", data=known | {"password": "a guess of a stranger"})
    assert "do not belong together" in stranger.text and "Names of migrants" not in stranger.text


def test_it_ends_by_itself_and_not_earlier(sign_in, coordinator):
    ana = MemberFactory()
    suspend(sign_in(coordinator), f"/members/{ana.id}/suspend")
    suspension = db.session.scalar(db.select(Suspension))
    clock.lift_what_has_ended()
    assert ana.state == "locked"

    suspension.until = utcnow() - timedelta(seconds=1)
    db.session.flush()
    clock.lift_what_has_ended()

    assert ana.active and suspension.lifted_at


def test_it_is_lifted_earlier_by_the_team_and_never_by_oneself(sign_in, coordinator):
    other = MemberFactory(city=None, team_role="coordinator")
    suspend(sign_in(coordinator), f"/members/{other.id}/suspend")
    suspension = db.session.scalar(db.select(Suspension))
    assert sign_in(MemberFactory()).post(f"/suspensions/{suspension.id}/lift").status_code == 404

    assert sign_in(coordinator).post(f"/suspensions/{suspension.id}/lift").status_code == 303
    assert other.active


@pytest.mark.parametrize("role", [None, "facilitator", "organiser"])
def test_only_the_coordination_team_suspends_and_nobody_oneself(sign_in, role, coordinator):
    ana = MemberFactory()
    assert suspend(sign_in(MemberFactory(team_role=role)), f"/members/{ana.id}/suspend").status_code == 403
    assert suspend(sign_in(coordinator), f"/members/{coordinator.id}/suspend").status_code == 403
    assert ana.active and coordinator.active


def test_lifting_a_suspension_gives_no_city_more_than_it_has(app, sign_in, coordinator):
    bare = CityFactory(state="verified")
    Suspension.begin(bare, 3, "For this test.", coordinator)
    suspension = db.session.scalar(db.select(Suspension))

    assert sign_in(coordinator).post(f"/suspensions/{suspension.id}/lift").status_code == 303
    assert bare.state == "verified"
