"""Who hears of what, once, and in their own language."""

import re
from datetime import timedelta

import pytest

from cityexchange.core.db import clock_at, db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.delivery import why_not
from cityexchange.core.mail.letters import compose
from tests.factories import MemberFactory
from tests.visits.factories import CANARY, draft_application, offered_visit, sent_application


def mails(template):
    return db.session.scalars(db.select(OutgoingMail).filter_by(template=f"visits/{template}")).all()


def recipients(template):
    return {mail.member for mail in mails(template)}


def test_an_offer_under_review_is_told_to_focal_point_and_coordinator(people):
    offered_visit(people["host_official"]).submit(people["host_official"])
    assert recipients("visit_changed") == {people["host_focal_point"], people["coordinator"]}


def test_an_offer_sent_back_is_told_with_its_reason(people):
    visit = offered_visit(people["host_official"])
    visit.submit(people["host_official"])
    visit.send_back(people["coordinator"], "Say who pays.")
    letters = [compose(mail) for mail in mails("visit_changed") if mail.member == people["host_official"]]
    assert len(letters) == 1 and "Say who pays." in letters[0].text and "Say who pays." in letters[0].html


def test_an_endorsement_is_told_to_those_who_wait_for_it(people, visit):
    assert recipients("visit_endorsed") == {people["host_official"], people["coordinator"]}


def test_an_application_is_confirmed_and_told_to_the_host_without_its_text(people, visit):
    sent_application(visit, people["applicant"])
    assert recipients("application_received") == {people["applicant"]}
    assert recipients("new_application") == {people["host_official"], people["host_focal_point"]}
    assert recipients("application_to_endorse") == {people["applicant_focal_point"]}
    for mail in db.session.scalars(db.select(OutgoingMail)):
        letter = compose(mail)
        assert CANARY not in letter.text + letter.html + letter.subject
        assert why_not(mail) in (None, "bundled")  # an official's requests wait for each other


def test_sending_again_after_a_change_confirms_nothing_twice(people, visit):
    application = sent_application(visit, people["applicant"])
    application.revise(["a", "b", "c"], motivation="Other words.")
    application.submit(people["applicant"])
    assert len(mails("application_received")) == 1 and len(mails("new_application")) == 2


def test_a_withdrawn_application_drops_the_mail_about_it_that_waits(people, visit):
    application = sent_application(visit, people["applicant"])
    application.withdraw(people["applicant"])
    reasons = {mail.member: why_not(mail) for mail in mails("new_application")}
    # An official's requests come together with others: the one by itself was dropped before.
    assert reasons == {people["host_official"]: "bundled", people["host_focal_point"]: "not_visible"}
    assert recipients("application_withdrawn") == {people["host_official"], people["host_focal_point"]}
    assert all(application.city.name in compose(mail).text for mail in mails("application_withdrawn"))


def test_withdrawing_a_draft_is_nobodys_business(people, visit):
    draft_application(visit, people["applicant"]).withdraw(people["applicant"])
    assert mails("application_withdrawn") == []


def test_a_cancelled_visit_is_told_to_every_applicant_drafts_included(people, visit):
    sent_application(visit, people["applicant"])
    drafted = draft_application(visit, people["stranger"])
    withdrawn = sent_application(visit)
    withdrawn.withdraw(withdrawn.applicant)
    db.session.execute(db.delete(OutgoingMail))
    visit.cancel(people["host_focal_point"], "The town hall is closed.")
    told = {people["applicant"], drafted.applicant, people["host_official"]}
    assert recipients("visit_changed") == told
    assert all("The town hall is closed." in compose(mail).text for mail in mails("visit_changed"))
    assert all(why_not(mail) is None for mail in mails("visit_changed"))


def test_the_end_of_the_call_is_told_to_those_who_sent(people, visit):
    sent_application(visit, people["applicant"])
    draft_application(visit, people["stranger"])
    db.session.execute(db.delete(OutgoingMail))
    with clock_at(visit.call_deadline + timedelta(minutes=1)):
        visit.close_call(None)
    assert recipients("visit_changed") == {
        people["applicant"],
        people["host_official"],
        people["host_focal_point"],
    }


@pytest.mark.parametrize("step", ["eligible", "ineligible"])
def test_a_decision_is_told_to_the_applicant_with_its_reason(people, visit, step):
    application = sent_application(visit, people["applicant"])
    application.decide(step, people["coordinator"], "The call asked for three goals.")
    (mail,) = mails("application_changed")
    assert mail.member == people["applicant"] and "The call asked for three goals." in compose(mail).text


@pytest.mark.parametrize(
    ("zone", "named"), [("Asia/Tokyo", ["Paris", "Tokyo"]), ("Europe/Madrid", ["Paris"])]
)
def test_the_mail_names_the_deadline_by_the_hosts_clock_and_by_the_readers_if_it_differs(
    people, visit, zone, named
):
    visit.timezone = "Europe/Paris"
    sent_application(visit, MemberFactory(timezone=zone))
    (mail,) = mails("application_received")

    assert re.findall(r"(\w+) time \(", compose(mail).text) == named
    assert re.findall(r"(\w+) time \(", compose(mail).html) == named
