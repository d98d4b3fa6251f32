"""Who sees a visit and an application, and who moves them."""

import pytest

from cityexchange.core.policy import can, is_visible
from cityexchange.members.models import Visitor
from cityexchange.visits.models import StudyVisit
from tests.visits.factories import draft_application, offered_visit, sent_application

HOST_TEAM = {"host_official", "host_focal_point"}
HOST_CITY = HOST_TEAM | {"host_colleague"}
READERS = {"applicant", "applicant_focal_point", "coordinator"} | HOST_TEAM


def those_who(people, test):
    return {role for role, member in (people | {"visitor": Visitor()}).items() if test(member)}


def everybody(people):
    return set(people) | {"visitor"}


def test_an_offer_is_its_citys_own_until_the_call_opens(people):
    visit = offered_visit(people["host_official"])
    seen = HOST_CITY | {"coordinator", "admin"}
    assert those_who(people, lambda member: is_visible(member, visit)) == seen
    visit.submit(people["host_official"])
    assert those_who(people, lambda member: is_visible(member, visit)) == seen


def test_an_open_call_is_everybodys(people, visit):
    assert those_who(people, lambda member: is_visible(member, visit)) == everybody(people)
    visit.cancel(people["coordinator"], "Elections.")
    assert those_who(people, lambda member: is_visible(member, visit)) == everybody(people)


def test_the_parts_of_an_offer_are_seen_with_it(people):
    visit = offered_visit(people["host_official"])
    for part in (visit.texts[0], visit.sites[0]):
        assert those_who(people, lambda m, part=part: is_visible(m, part)) == HOST_CITY | {
            "coordinator",
            "admin",
        }


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("edit", HOST_TEAM),
        ("submit", HOST_TEAM),
        ("endorse", {"host_focal_point"}),
        ("send_back", HOST_TEAM | {"coordinator"}),
        ("open", {"coordinator"}),
        ("close", {"coordinator"}),
        ("cancel", HOST_TEAM | {"coordinator"}),
        ("apply", set()),
        ("read_applications", set()),
    ],
)
def test_who_moves_an_offer(people, verb, allowed):
    visit = offered_visit(people["host_official"])
    assert those_who(people, lambda member: can(member, verb, visit)) == allowed


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("edit", set()),
        ("cancel", {"host_focal_point", "coordinator"}),
        ("apply", {"applicant", "applicant_focal_point", "applicant_colleague", "stranger"}),
        ("read_applications", HOST_TEAM | {"coordinator"}),
    ],
)
def test_who_moves_an_open_call(people, visit, verb, allowed):
    assert those_who(people, lambda member: can(member, verb, visit)) == allowed


def test_officials_offer_for_their_own_city_only(people):
    city = people["host_official"].city
    assert those_who(people, lambda member: can(member, "offer", StudyVisit.blank(city))) == HOST_CITY
    assert not can(people["seatless"], "offer", StudyVisit.blank(None))


def test_who_offered_and_left_the_city_is_of_the_team_no_longer(people, visit, database):
    offerer = people["host_official"]
    application = sent_application(visit, people["applicant"])
    assert is_visible(offerer, application)
    offerer.seat.end()
    database.session.expire(offerer)
    assert not can(offerer, "host", visit) and not is_visible(offerer, application)


def test_a_draft_application_is_the_applicants_alone(people, visit):
    application = draft_application(visit, people["applicant"])
    for record in (application, application.texts[0], application.goals[0]):
        assert those_who(people, lambda m, record=record: is_visible(m, record)) == {"applicant"}


def test_a_sent_application_is_read_by_a_few(people, visit):
    application = sent_application(visit, people["applicant"])
    for record in (application, application.texts[0], application.goals[0]):
        assert those_who(people, lambda m, record=record: is_visible(m, record)) == READERS


def test_a_withdrawn_application_leaves_the_hosts_sight(people, visit):
    application = sent_application(visit, people["applicant"])
    application.withdraw(people["applicant"])
    assert those_who(people, lambda member: is_visible(member, application)) == READERS - HOST_TEAM


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [("edit", {"applicant"}), ("withdraw", {"applicant"}), ("endorse", {"applicant_focal_point"})],
)
def test_who_moves_an_application(people, visit, verb, allowed):
    application = sent_application(visit, people["applicant"])
    assert those_who(people, lambda member: can(member, verb, application)) == allowed


def test_an_applicant_who_changed_city_no_longer_speaks_for_the_old_one(people, visit, database):
    applicant = people["applicant"]
    application = sent_application(visit, applicant)
    applicant.seat.end()
    applicant.seat_in(people["stranger"].city)
    database.session.flush()
    database.session.expire(applicant)
    assert is_visible(applicant, application) and not can(applicant, "edit", application)


def test_what_passed_before_the_call_stays_between_host_and_coordinators(people):
    visit = offered_visit(people["host_official"])
    visit.submit(people["host_official"])
    visit.send_back(people["coordinator"], "Say more about what failed.")
    visit.submit(people["host_official"])
    visit.endorse(people["host_focal_point"])
    visit.open_call(people["coordinator"])
    back, opened = steps_of(visit)[1], steps_of(visit)[-1]
    assert those_who(people, lambda member: is_visible(member, back)) == HOST_TEAM | {"coordinator", "admin"}
    assert those_who(people, lambda member: is_visible(member, opened)) == everybody(people)


def test_the_steps_of_an_application_are_seen_with_it(people, visit):
    application = sent_application(visit, people["applicant"])
    step = steps_of(visit)[-1]
    assert step.application == application
    assert those_who(people, lambda member: is_visible(member, step)) == READERS


def steps_of(visit):
    from cityexchange.core.db import db
    from cityexchange.visits.models import VisitChange

    return db.session.scalars(
        db.select(VisitChange).filter_by(visit_id=visit.id).order_by(VisitChange.id)
    ).all()
