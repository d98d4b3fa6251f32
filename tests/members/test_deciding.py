"""A request for a place is decided once, and whoever comes too late reads why (US01)."""

import pytest

from cityexchange.core.db import db
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from tests.factories import MemberFactory
from tests.members.test_joining import ask, confirm, lyon, mails  # noqa: F401

DECIDED = "This request was decided meanwhile"


@pytest.fixture
def focal(lyon, sign_in):  # noqa: F811
    return sign_in(MemberFactory(city=lyon, role="city_focal_point"))


def asked_twice(app, *emails):
    for email in emails or ("zoe@town.example", "zoe@town.example"):
        browser = app.test_client()
        ask(browser, email=email)
        confirm(browser)
    return db.session.scalars(db.select(JoinRequest).order_by(JoinRequest.id)).all()


def test_one_yes_ends_every_request_of_the_address(app, visitor, focal):
    first, second = asked_twice(app)
    ask(visitor)
    code = mails()[-1].facts["code"]
    *_, other = asked_twice(app, "other@town.example")
    assert focal.post(f"/join-requests/{second.id}/accept").status_code == 303

    page = focal.get(f"/join-requests/{first.id}").text
    assert (first.state, second.state, other.state) == ("declined", "accepted", "waiting")
    assert "ended by itself" in page and "Give a place" not in page and 'id="decline"' not in page
    assert first.password == "" and not [mail for mail in mails() if mail.template == "members/declined"]
    late = focal.post(f"/join-requests/{first.id}/accept")
    assert late.status_code == 403 and DECIDED in late.text and "Your role" not in late.text
    assert confirm(visitor, code).status_code == 422
    assert len(db.session.scalars(db.select(Member).filter_by(email="zoe@town.example")).all()) == 1


def test_who_has_an_account_meanwhile_gets_no_second_one(app, focal):
    asked = asked_twice(app, "zoe@town.example")[0]
    MemberFactory(email="zoe@town.example")
    path = f"/join-requests/{asked.id}"

    assert "Give a place" not in focal.get(path).text
    refused = focal.post(f"{path}/accept")
    assert refused.status_code == 403 and "has an account meanwhile" in refused.text
    assert f'href="{path}"' in refused.text
    assert focal.post(f"{path}/decline", data={"reason": "You are here already."}).status_code == 303


@pytest.mark.parametrize("first", ["accept", "decline"])
def test_a_second_press_reads_that_it_was_decided(app, focal, sign_in, lyon, first):  # noqa: F811
    asked = asked_twice(app, "zoe@town.example")[0]
    path, reason = f"/join-requests/{asked.id}", {"reason": "Not of ours."}
    assert focal.post(f"{path}/{first}", data=reason).status_code == 303

    for verb in ("accept", "decline"):
        late = focal.post(f"{path}/{verb}", data=reason)
        assert late.status_code == 403 and DECIDED in late.text and f'href="{path}"' in late.text
    assert sign_in(MemberFactory(city=lyon)).post(f"{path}/accept").status_code == 404
