"""A second press, or an old page, changes nothing and says what happened meanwhile."""

from datetime import timedelta

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.members.models import Member
from cityexchange.membership.models import CharterAcceptance, CityApplication, Suspension
from tests.factories import CityFactory, MemberFactory
from tests.membership.steps import CITY_FORM, offer_of, suspend, take

DECISION = {"reason": "Called the town hall."}


def said(answer, words, way):
    assert answer.status_code == 403 and words in answer.text and f'href="{way}"' in answer.text
    assert "Your role does not allow" not in answer.text
    return True


@pytest.mark.parametrize("first", ["accept", "decline"])
def test_an_application_is_decided_once(visitor, sign_in, coordinator, mails, first):
    visitor.post("/cities/apply", data=CITY_FORM)
    visitor.post("/cities/apply/code", data={"code": mails()[-1].facts["code"]})
    path = f"/city-applications/{db.session.scalar(db.select(CityApplication.id))}"
    desk = sign_in(coordinator)
    assert desk.post(f"{path}/{first}", data=DECISION).status_code == 303
    people = db.session.scalar(db.select(db.func.count()).select_from(Member))

    for verb in ("accept", "decline"):
        late = desk.post(f"{path}/{verb}", data=DECISION)
        assert said(late, "This application was decided meanwhile", path)
    assert db.session.scalar(db.select(db.func.count()).select_from(Member)) == people
    assert sign_in(MemberFactory()).post(f"{path}/accept", data=DECISION).status_code == 404


def test_an_invitation_is_withdrawn_once(lyon, ana, sign_in, app, mails):
    focal = sign_in(ana)
    _, gone = offer_of(focal)
    path = f"/place-offers/{gone.id}/withdraw"
    assert focal.post(path).status_code == 303
    assert said(focal.post(path), "This invitation was withdrawn meanwhile", "/cities/lyon/desk")

    _, taken = offer_of(focal)
    take(app.test_client(), taken, mails)
    answer = focal.post(f"/place-offers/{taken.id}/withdraw")
    assert said(answer, "This invitation was accepted meanwhile", "/cities/lyon/desk")

    _, late = offer_of(focal, email="late@lyon.example")
    late.expires_at = utcnow() - timedelta(seconds=1)
    answer = focal.post(f"/place-offers/{late.id}/withdraw")
    assert said(answer, "This invitation has run out", "/cities/lyon/desk")
    stranger = sign_in(MemberFactory(role="city_focal_point"))
    assert stranger.post(path).status_code == 404


def test_a_suspension_is_lifted_once(sign_in, coordinator):
    ana, city = MemberFactory(), CityFactory(slug="lyon")
    desk = sign_in(coordinator)
    for whom, way in ((f"/members/{ana.id}", f"/members/{ana.id}"), ("/cities/lyon", "/cities/lyon/desk")):
        suspend(desk, f"{whom}/suspend")
        path = f"/suspensions/{max(db.session.scalars(db.select(Suspension.id)))}/lift"
        assert desk.post(path).status_code == 303
        assert said(desk.post(path), "This suspension was lifted meanwhile", way)
    assert city.state == "verified"


def test_a_charter_is_accepted_once(lyon, ana, sign_in):
    focal = sign_in(ana)
    for _ in range(2):
        answer = focal.post("/cities/lyon/charter")
        assert answer.status_code == 303

    assert len(db.session.scalars(db.select(CharterAcceptance)).all()) == 1
    assert len(db.session.scalars(db.select(AuditEntry).filter_by(verb="accept_charter")).all()) == 1


def test_an_invitation_is_withdrawn_by_whoever_made_it_and_not_as_a_registration_is(lyon, ana, sign_in):
    """One word for both is wrong in languages where a guest steps back and a host takes back."""
    focal = sign_in(ana)
    offer_of(focal)

    assert "Withdraw the invitation" in focal.get("/cities/lyon/desk").text
