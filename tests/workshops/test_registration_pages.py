import re

import pytest

from cityexchange.core.db import db
from cityexchange.workshops.registrations import Registration
from tests.factories import CityFactory, MemberFactory
from tests.workshops.factories import WorkshopFactory, noon_in, organiser


def typed(**changes):
    return {"mode": "in_person", "language": "ar"} | changes


def register(browser, workshop, **changes):
    return browser.post(f"/workshops/{workshop.id}/registrations", data=typed(**changes))


def test_an_official_registers_sees_the_place_and_gives_it_back(sign_in):
    workshop, member = WorkshopFactory(is_open=True), MemberFactory()
    browser, path = sign_in(member), f"/workshops/{workshop.id}"

    assert register(browser, workshop).status_code == 303
    text = browser.get(path).text
    assert "You have a place: in person." in text
    assert "You will follow it in Arabic." in text

    withdraw = re.search(r"/registrations/\d+/withdraw", text).group()
    assert browser.post(withdraw).status_code == 303
    assert 'name="mode"' in browser.get(path).text


def test_pressing_twice_is_one_registration_and_one_answer(sign_in):
    workshop = WorkshopFactory(is_open=True)
    browser = sign_in(MemberFactory())

    answers = [register(browser, workshop, nonce="once") for _press in range(2)]

    assert [(a.status_code, a.location) for a in answers] == [(303, f"/workshops/{workshop.id}")] * 2
    assert db.session.query(Registration).count() == 1


def test_who_waits_reads_their_number_and_why(sign_in):
    workshop, city = (
        WorkshopFactory(is_open=True, capacity_in_person=5, quota={"max_per_city": 1}),
        CityFactory(),
    )
    workshop.register(MemberFactory(city=city), "in_person", "en")
    browser = sign_in(MemberFactory(city=city))

    assert "You can join the waiting list." in browser.get(f"/workshops/{workshop.id}").text
    register(browser, workshop)

    text = browser.get(f"/workshops/{workshop.id}").text
    assert "You are number 1 on the waiting list." in text
    assert "Your city has taken all the places" in text


def test_slips_come_back_with_the_page(sign_in):
    workshop = WorkshopFactory(is_open=True, mode="in_person")
    browser = sign_in(MemberFactory())

    for slip in ({"mode": "online"}, {"mode": ""}, {"language": "xx"}, {"language": ""}):
        answer = register(browser, workshop, **slip)
        assert answer.status_code == 422, slip
        assert "Please look at these points again" in answer.text
    assert db.session.query(Registration).count() == 0


def test_registration_that_closed_while_reading_says_so(sign_in):
    workshop = WorkshopFactory(is_open=True)
    workshop.register_until(noon_in(-2).date())

    browser = sign_in(MemberFactory())

    for slip in ({}, {"mode": "nonsense"}):
        answer = register(browser, workshop, **slip)
        assert answer.status_code == 422
        assert "Registration closed while you were reading." in answer.text
        assert 'name="mode"' not in answer.text
    assert db.session.query(Registration).count() == 0


def test_visitors_sign_in_first_and_members_without_a_seat_read_why(visitor, sign_in):
    workshop = WorkshopFactory(is_open=True)
    seatless = sign_in(MemberFactory(city=None))
    dormant = sign_in(MemberFactory(city=CityFactory(state="dormant")))

    assert register(visitor, workshop).status_code == 401
    assert "Sign in to register." in visitor.get(f"/workshops/{workshop.id}").text
    for browser in (seatless, dormant):
        assert register(browser, workshop).status_code == 403
        assert "Ask your city" in browser.get(f"/workshops/{workshop.id}").text
    assert db.session.query(Registration).count() == 0


def test_nobody_gives_back_the_place_of_another(sign_in, visitor):
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    has, waits = (workshop.register(m, "in_person", "en") for m in MemberFactory.create_batch(2))
    path = f"/registrations/{has.id}/withdraw"

    assert visitor.post(path).status_code == 401
    assert sign_in(waits.member).post(path).status_code == 403
    assert sign_in(MemberFactory()).post(f"/registrations/{waits.id}/withdraw").status_code == 404
    assert (has.state, waits.state) == ("confirmed", "waitlisted")


def test_a_place_is_not_given_back_once_the_workshop_is_over(sign_in):
    workshop = WorkshopFactory(is_open=True)
    registration = workshop.register(MemberFactory(), "online", "en")
    for step in (workshop.close_registration, workshop.begin, workshop.complete):
        step(None)

    answer = sign_in(registration.member).post(f"/registrations/{registration.id}/withdraw")

    assert answer.status_code == 403
    assert registration.state == "confirmed"


def test_a_member_whose_seat_ended_keeps_nothing_new(sign_in):
    workshop, member = WorkshopFactory(is_open=True), MemberFactory()
    member.seat.end()

    assert register(sign_in(member), workshop).status_code == 403


def test_who_withdraws_or_edits_when_all_is_over_hears_that(sign_in):
    workshop, member = WorkshopFactory(is_open=True), MemberFactory()
    mine = workshop.register(member, "in_person", "en")
    workshop.cancel(organiser(), "Storm")
    paths = {member: f"/registrations/{mine.id}/withdraw", organiser(): f"/workshops/{workshop.id}/edit"}

    for who, path in paths.items():
        answer = sign_in(who).post(path)
        assert answer.status_code == 403
        assert "This workshop is over" in answer.text and f'href="/workshops/{workshop.id}"' in answer.text

    assert "Your role" in sign_in(member).post(f"/workshops/{workshop.id}/edit").text


ROOM_ONLY = {"mode": "in_person", "capacity_in_person": 1}
BOTH = {"capacity_in_person": 1, "capacity_online": 1}
OF_ONE_CITY = {"capacity_in_person": 5, "quota": {"max_per_city": 1}}


@pytest.mark.parametrize(
    ("values", "taken", "is_full"),
    [
        (ROOM_ONLY, [], False),
        (ROOM_ONLY, ["in_person"], True),
        (BOTH, ["in_person"], False),
        (BOTH, ["online"], False),
        (BOTH, ["in_person", "online"], True),
        (OF_ONE_CITY, ["in_person"], True),
    ],
)
def test_the_button_says_what_it_does_at_both_ends_of_the_page(sign_in, app, values, taken, is_full):
    workshop, city = WorkshopFactory(is_open=True, **values), CityFactory()
    browser, path = sign_in(MemberFactory(city=city)), f"/workshops/{workshop.id}"
    assert browser.get(path).text.count(">Register<") == 2  # and is kept in memory
    for place in taken:
        workshop.register(MemberFactory(city=city), place, "en")
    db.session.commit()

    text = " ".join(browser.get(path).text.split()).replace("> ", ">").replace(" <", "<")

    assert text.count(">Join the waiting list<") == (2 if is_full else 0)
    assert text.count(">Register<") == (0 if is_full else 2)
    for place, words in (
        ("in_person", "In person: full, waiting list"),
        ("online", "Online: full, waiting list"),
    ):
        assert (words in text) is (place in taken and values is not OF_ONE_CITY)


def test_visitors_read_on_the_kept_page_what_signing_in_brings(visitor):
    workshop = WorkshopFactory(is_open=True, **ROOM_ONLY)
    path = f"/workshops/{workshop.id}"
    db.session.commit()
    assert "Sign in to register." in visitor.get(path).text
    registration = workshop.register(MemberFactory(), "in_person", "en")
    db.session.commit()
    assert "Sign in to join the waiting list." in visitor.get(path).text
    assert "full, waiting list open" in visitor.get("/workshops").text

    registration.withdraw()
    db.session.commit()

    assert "Sign in to register." in visitor.get(path).text
