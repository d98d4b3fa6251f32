"""Changes of the rights of people. Each sets up what is there before, yields, and yields the answer of its act."""

from datetime import timedelta

from cityexchange.archive.absence import forget_people
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.members.factors import Authenticator
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import SignInSession
from cityexchange.membership import clock
from cityexchange.membership.models import Suspension
from cityexchange.membership.offers import PlaceOffer
from tests.admin.steps import NEW_PASSWORD, PASSWORD, mailed_code, newest
from tests.membership.steps import PERSON, suspend


def end_one_sign_in(world):
    world.as_("ana")
    other, _ = SignInSession.begin(world.ana)
    yield
    yield world.as_("ana").post(f"/settings/sign-ins/{other.id}/end")


def end_all_others(world):
    world.as_("ana")
    SignInSession.begin(world.ana)
    yield
    yield world.as_("ana").post("/settings/sign-ins/end")


def sign_out(world):
    world.as_("dora")
    yield
    yield world.as_("dora").post("/sign-out")


def change_password(world):
    world.as_("ana")
    yield
    facts = {"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    yield world.as_("ana").post("/settings/password", data=facts)


def reset_password(world):
    SignInSession.begin(world.ana)
    browser = world.as_(None)
    browser.post("/forgotten", data={"email": world.ana.email})
    yield
    yield browser.post(
        "/password/new", data={"code": mailed_code(), "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    )


def reset_factors(world):
    Authenticator.begin(world.dora).confirmed_at = utcnow()
    SignInSession.begin(world.dora)
    yield
    yield world.as_("olga").post(
        f"/members/{world.dora.id}/factors/reset", data={"reason": "Seen in person."}
    )


def remove_a_factor(world):
    Authenticator.begin(world.ana).confirmed_at = utcnow()
    yield
    yield world.as_("ana").post("/settings/sign-in/sure", data={"what": "authenticator", "proof": PASSWORD})


def change_seat(world):
    yield
    yield world.as_("ana").post(f"/seats/{world.dora.seat.id}", data={"role": "elected_member"})


def change_seat_to_its_end(world):
    yield
    today = str(utcnow().date())
    yield world.as_("ana").post(f"/seats/{world.dora.seat.id}", data={"role": "member", "until": today})


def end_seat(world):
    yield
    yield world.as_("ana").post(f"/seats/{world.dora.seat.id}/end")


def invite(world):
    yield
    yield world.as_("ana").post("/cities/lyon/invitations", data=PERSON)


def invite_many(world):
    yield
    table = "city,name,function,email\nLyon,Zoe,Officer,zoe@lyon.example\nLyon,Yan,Officer,yan@lyon.example\n"
    yield world.as_("cora").post("/invitations", data={"table": table, "locale": "fr", "send": "y"})


def withdraw_offer(world):
    world.as_("ana").post("/cities/lyon/invitations", data=PERSON)
    yield
    yield world.as_("ana").post(f"/place-offers/{newest(PlaceOffer).id}/withdraw")


def hand_over(world):
    world.as_("ana").post(f"/seats/{world.ana.seat.id}/hand-over", data=PERSON)
    browser, offer = world.as_(None), newest(PlaceOffer)
    browser.post(f"/place-offers/{offer.id}/code")
    yield
    yield browser.post(f"/place-offers/{offer.id}/confirm", data={"code": mailed_code()})


def asked(world):
    request = JoinRequest(
        name="Zoe",
        email="zoe@lyon.example",
        job_title="x",
        city=world.lyon,
        is_of_domain=True,
        state="waiting",
        password="",
    )
    db.session.add(request)
    db.session.flush()
    return request


def accept_join_request(world):
    request = asked(world)
    yield
    yield world.as_("ana").post(f"/join-requests/{request.id}/accept")


def decline_join_request(world):
    request = asked(world)
    yield
    yield world.as_("ana").post(f"/join-requests/{request.id}/decline", data={"reason": "Not known here."})


def give_team_role(world):
    yield
    yield world.app.test_cli_runner().invoke(args=["members", "team", world.dora.email, "facilitator"])


def take_team_role(world):
    yield
    yield world.app.test_cli_runner().invoke(args=["members", "team", world.cora.email, "none"])


def make_team_account(world):
    yield
    yield world.app.test_cli_runner().invoke(
        args=["members", "team", "new@team.example", "organiser", "--name", "Nora"]
    )


def suspend_member(world):
    SignInSession.begin(world.dora)
    yield
    yield suspend(world.as_("cora"), f"/members/{world.dora.id}/suspend")


def lift_by_hand(world):
    suspend(world.as_("cora"), f"/members/{world.dora.id}/suspend")
    yield
    yield world.as_("cora").post(f"/suspensions/{newest(Suspension).id}/lift")


def lift_by_the_clock(world):
    suspend(world.as_("cora"), f"/members/{world.dora.id}/suspend")
    newest(Suspension).until = utcnow() - timedelta(seconds=1)
    yield
    with unit_of_work():
        clock.lift_what_has_ended()
    yield None


def leave_by_the_clock(world):
    yield
    with unit_of_work():
        forget_people([world.dora.id])
    yield None
