import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.workshops.registrations import Registration, RegistrationClosed
from tests.factories import CityFactory, MemberFactory
from tests.workshops.factories import WorkshopFactory, noon_in


def register(workshop, *members, mode="in_person"):
    return [workshop.register(member, mode, "en") for member in members]


def test_places_are_given_until_none_is_left_then_people_wait_in_turn():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=2)

    one, two, three, four = register(workshop, *MemberFactory.create_batch(4))

    assert [r.state for r in (one, two, three, four)] == [
        "confirmed",
        "confirmed",
        "waitlisted",
        "waitlisted",
    ]
    assert (three.place_in_line, four.place_in_line) == (1, 2)


def test_places_in_the_room_and_online_are_counted_apart():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1, capacity_online=1)
    a, b, c = MemberFactory.create_batch(3)

    room, online = workshop.register(a, "in_person", "en"), workshop.register(b, "online", "en")

    assert (room.state, online.state) == ("confirmed", "confirmed")
    assert workshop.register(c, "online", "en").state == "waitlisted"


def test_whoever_withdraws_gives_the_place_to_the_first_who_waits():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    has, first, second = register(workshop, *MemberFactory.create_batch(3))

    has.withdraw()

    assert (has.state, first.state, second.state) == ("withdrawn", "confirmed", "waitlisted")
    assert second.place_in_line == 1


def test_withdrawing_twice_promotes_once():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    has, first, second = register(workshop, *MemberFactory.create_batch(3))

    has.withdraw()
    has.withdraw()

    assert (first.state, second.state) == ("confirmed", "waitlisted")


def test_one_who_only_waited_frees_nothing():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    has, first, second = register(workshop, *MemberFactory.create_batch(3))

    first.withdraw()

    assert (has.state, second.state) == ("confirmed", "waitlisted")


def test_registering_twice_is_one_registration():
    workshop, member = WorkshopFactory(is_open=True), MemberFactory()

    assert workshop.register(member, "online", "en") is workshop.register(member, "in_person", "fr")
    assert db.session.query(Registration).count() == 1


def test_a_form_sent_again_after_withdrawing_does_not_register_again():
    workshop, member = WorkshopFactory(is_open=True), MemberFactory()
    registration = workshop.register(member, "online", "en", nonce="once")
    registration.withdraw()

    assert workshop.register(member, "online", "en", nonce="once").state == "withdrawn"
    assert workshop.register(member, "online", "en", nonce="new form").state == "confirmed"


def test_no_city_takes_more_places_than_the_quota_allows():
    workshop, city = WorkshopFactory(is_open=True, quota={"max_per_city": 2}), CityFactory()

    states = [r.state for r in register(workshop, *MemberFactory.create_batch(3, city=city))]

    assert states == ["confirmed", "confirmed", "waitlisted"]
    assert workshop.register(MemberFactory(), "in_person", "en").state == "confirmed"


def test_the_quota_counts_places_in_the_room_and_online_together():
    workshop, city = WorkshopFactory(is_open=True, quota={"max_per_city": 1}), CityFactory()
    one, two = MemberFactory.create_batch(2, city=city)

    assert workshop.register(one, "in_person", "en").state == "confirmed"
    assert workshop.register(two, "online", "en").state == "waitlisted"


def test_the_waiting_list_passes_over_a_city_that_is_full_and_comes_back_to_it():
    workshop, city = (
        WorkshopFactory(is_open=True, capacity_in_person=2, quota={"max_per_city": 1}),
        CityFactory(),
    )
    colleague, other = register(workshop, MemberFactory(city=city), MemberFactory())
    blocked, next_one = register(workshop, MemberFactory(city=city), MemberFactory())

    other.withdraw()
    assert (blocked.state, next_one.state) == ("waitlisted", "confirmed")

    colleague.withdraw()
    assert blocked.state == "confirmed"


def test_members_of_the_team_have_no_city_to_fill():
    workshop = WorkshopFactory(is_open=True, quota={"max_per_city": 1})

    team = MemberFactory.create_batch(3, city=None, team_role="facilitator")

    assert {r.state for r in register(workshop, *team)} == {"confirmed"}


def test_nobody_registers_before_it_opens_or_after_it_closed():
    announced, closed = WorkshopFactory(is_announced=True), WorkshopFactory(is_open=True)
    closed.close_registration(None)

    for workshop in (announced, closed):
        with pytest.raises(RegistrationClosed):
            workshop.register(MemberFactory(), "online", "en")


def test_the_deadline_holds_before_the_clock_has_closed_registration():
    workshop = WorkshopFactory(is_open=True)
    workshop.register_until(noon_in(-2).date())

    with pytest.raises(RegistrationClosed):
        workshop.register(MemberFactory(), "online", "en")
    assert workshop.state == "registration_open"


def test_a_kind_of_place_that_is_not_offered_cannot_be_had():
    workshop = WorkshopFactory(is_open=True, mode="in_person")

    with pytest.raises(ValueError, match="online"):
        workshop.register(MemberFactory(), "online", "en")


def test_more_room_takes_in_those_who_wait():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    _, waiting = register(workshop, *MemberFactory.create_batch(2))

    workshop.capacity_in_person = 2
    workshop.fill_places()

    assert waiting.state == "confirmed"


def test_each_occasion_is_one_mail():
    workshop = WorkshopFactory(is_open=True, capacity_in_person=1)
    has, waits = register(workshop, *MemberFactory.create_batch(2))
    register(workshop, has.member)
    has.withdraw()

    sent = db.session.query(OutgoingMail.member_id, OutgoingMail.template).order_by(OutgoingMail.id).all()

    assert sent == [
        (has.member_id, "workshops/place"),
        (waits.member_id, "workshops/waiting"),
        (has.member_id, "workshops/withdrawn"),
        (waits.member_id, "workshops/promoted"),
    ]
