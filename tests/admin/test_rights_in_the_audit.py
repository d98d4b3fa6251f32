"""Every change of a right leaves one row that says who made it, whichever door it came by: a page, a command, the clock."""

import pytest

from cityexchange.core import audit
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.members.models import Member, Seat
from cityexchange.spaces.models import Membership, Space
from tests.admin import people, places
from tests.admin.steps import entries_since, last_number
from tests.membership.steps import PERSON

ACTS = [
    (people.end_one_sign_in, "ana", ["end_sign_in SignInSession"]),
    (people.end_all_others, "ana", ["end_sign_in SignInSession"]),
    (people.sign_out, "dora", ["end_sign_in SignInSession"]),
    (people.change_password, "ana", ["change_password Member"]),
    (people.reset_password, "ana", ["end_sign_in SignInSession", "reset_password Member"]),
    (people.reset_factors, "olga", ["end_sign_in SignInSession", "reset_factors Member"]),
    (people.remove_a_factor, "ana", ["authenticator_removed Member"]),
    (people.change_seat, "ana", ["change_seat Seat"]),
    (people.change_seat_to_its_end, "ana", ["change_seat Seat"]),
    (people.end_seat, "ana", ["end_seat Seat"]),
    (people.invite, "ana", ["invite PlaceOffer"]),
    (people.invite_many, "cora", ["invite PlaceOffer", "invite PlaceOffer", "invite_many None"]),
    (people.withdraw_offer, "ana", ["withdraw_offer PlaceOffer"]),
    (people.hand_over, "zoe", ["end_seat Seat", "give_seat Seat", "take_place PlaceOffer"]),
    (people.accept_join_request, "ana", ["accept_join_request Member", "give_seat Seat"]),
    (people.decline_join_request, "ana", ["decline_join_request JoinRequest"]),
    (people.give_team_role, None, ["give_team_role Member"]),
    (people.take_team_role, None, ["give_team_role Member"]),
    (people.make_team_account, None, ["give_team_role Member"]),
    (people.suspend_member, "cora", ["end_sign_in SignInSession", "suspend Member"]),
    (places.suspend_city, "cora", ["suspend City"]),
    (people.lift_by_hand, "cora", ["lift_suspension Suspension", "reinstate Member"]),
    (people.lift_by_the_clock, None, ["lift_suspension Suspension", "reinstate Member"]),
    (places.fall_asleep, None, ["fall_asleep City"]),
    (
        places.accept_city,
        "cora",
        ["accept_charter City", "accept_city City", "give_seat Seat", "give_seat Seat", "settle City", "verify_city Verification", "verify_domain EmailDomain"],
    ),
    (places.activate, None, ["activate City"]),
    (places.end_city, "cora", ["end_city City"]),
    (places.accept_charter, "ana", ["accept_charter City"]),
    (places.add_organisation, "cora", ["add_organisation Organisation"]),
    (places.edit_organisation, "cora", ["edit_organisation Organisation"]),
    (places.end_organisation, "cora", ["end_organisation Organisation", "end_seat Seat"]),
    (places.open_space, "cora", ["enter_space Space", "open_space Space"]),
    (places.narrow_a_space, "ana", ["edit_space Space"]),
    (places.archive_space, "ana", ["archive_space Space"]),
    (places.reopen_space, "ana", ["reopen_space Space"]),
    (places.ask_for_space, "dora", ["ask_for_space Space"]),
    (places.join_space, "dora", ["enter_space Space"]),
    (places.leave_space, "dora", ["leave_space Space"]),
    (places.accept_entry, "ana", ["enter_space Space"]),
    (places.decline_entry, "dora", ["decline_entry Space"]),
    (places.withdraw_entry, "dora", ["withdraw_entry Space"]),
    (places.invite_to_space, "ana", ["invite_to_space Space"]),
    (places.appoint, "ana", ["appoint_in_space Space"]),
    (places.put_out, "ana", ["leave_space Space"]),
    (places.name_a_successor, None, ["appoint_in_space Space", "leave_space Space"]),
    (places.archive_room, "ana", ["archive_room Room"]),
    (people.leave_by_the_clock, None, ["end_seat Seat", "leave Member"]),
]  # fmt: skip


@pytest.mark.parametrize(("act", "actor", "rows"), ACTS, ids=[act.__name__ for act, _, _ in ACTS])
def test_each_change_of_a_right_leaves_its_row(world, act, actor, rows):
    steps = act(world)
    next(steps)
    db.session.commit()
    before = last_number()

    answer = next(steps)

    assert getattr(answer, "status_code", 303) == 303 and getattr(answer, "exit_code", 0) == 0, answer.text
    entries = entries_since(before)
    assert sorted(f"{entry.verb} {entry.record_type}" for entry in entries) == rows
    assert all(entry.record_id for entry in entries if entry.record_type)
    by = getattr(world, actor or "", None) or (
        db.session.scalar(db.select(Member).filter_by(name=PERSON["name"])) if actor else None
    )
    assert {entry.actor_id for entry in entries} == {by.id if by else None}


def test_a_space_made_narrower_says_what_it_was(world):
    steps = places.narrow_a_space(world)
    next(steps), next(steps)

    entry = db.session.scalars(db.select(AuditEntry).filter_by(verb="edit_space")).one()
    assert (entry.facts["before"], entry.facts["after"]) == ("members", "group")


# ---- and a door of tomorrow cannot forget it ----


def by_hand(world):
    world.dora.seat.role = "elected_member"


def past_the_session(world):
    db.session.execute(db.update(Seat).where(Seat.id == world.dora.seat.id).values(role="elected_member"))


def a_new_seat(world):
    db.session.add(Seat(member_id=world.cora.id, city_id=world.lyon.id, role="member", since=utcnow().date()))


def a_place_taken_away(world):
    db.session.delete(db.session.scalars(db.select(Membership)).first())


def a_wider_space(world):
    db.session.scalars(db.select(Space)).first().confidentiality = "public"


def a_row_about_somebody_else(world):
    by_hand(world)
    audit.record("change_seat", world.ben.seat)


FORGOTTEN = [
    by_hand,
    past_the_session,
    a_new_seat,
    a_place_taken_away,
    a_wider_space,
    a_row_about_somebody_else,
]


@pytest.mark.parametrize("write", FORGOTTEN, ids=lambda write: write.__name__)
def test_a_right_that_is_changed_without_a_row_does_not_pass_our_tests(world, write):
    db.session.commit()
    with pytest.raises(AssertionError, match="without a row in the audit"), unit_of_work():
        write(world)


@pytest.mark.parametrize("write", [by_hand, past_the_session])
def test_one_with_its_row_does(world, write):
    db.session.commit()
    with unit_of_work():
        write(world)
        audit.record("change_seat", world.dora.seat)
    assert world.dora.seat.role == "elected_member"
