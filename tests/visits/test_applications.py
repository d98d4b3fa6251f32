"""Applying: drafts, deadlines, and who never reads them."""

import pytest

from cityexchange.core.db import db
from cityexchange.visits.models import VisitApplication
from tests.factories import MemberFactory
from tests.visits.factories import (
    CANARY,
    application_fields,
    close_in_the_past,
    draft_application,
    open_visit,
    sent_application,
)


def the_application():
    return db.session.scalar(db.select(VisitApplication))


def text_of(application, part):
    return next((row.text for row in application.texts if row.part == part), "")


def test_an_official_of_another_city_applies(sign_in, people, visit):
    browser = sign_in(people["applicant"])
    assert browser.get(f"/visits/{visit.id}/apply").status_code == 200
    answer = browser.post(f"/visits/{visit.id}/applications", data=application_fields())
    application = the_application()
    assert answer.status_code == 303 and application.state == "submitted" and application.submitted_at
    assert application.city == people["applicant"].city
    assert "We receive newcomers" in browser.get(f"/applications/{application.id}").text


def test_a_draft_may_have_gaps_and_is_continued(sign_in, people, visit):
    browser = sign_in(people["applicant"])
    answer = browser.post(
        f"/visits/{visit.id}/applications", data={"motivation": "First thoughts", "save": "1"}
    )
    application = the_application()
    assert answer.status_code == 303 and application.state == "draft"
    again = browser.get(f"/visits/{visit.id}/apply")
    assert again.status_code == 302 and again.location.endswith(f"/applications/{application.id}/edit")
    assert "First thoughts" in browser.get(again.location).text
    assert browser.post(again.location, data=application_fields()).status_code == 303
    assert application.state == "submitted"


@pytest.mark.parametrize(
    "wrong",
    [
        {"motivation": ""},
        {"motivation": "word " * 301},
        {"goal_2": " "},
        {"power_to_act": ""},
        {"travellers": ""},
        {"gives_back": "x" * 4001},
    ],
)
def test_a_wrong_application_is_answered_with_what_was_typed(sign_in, people, visit, wrong):
    answer = sign_in(people["applicant"]).post(
        f"/visits/{visit.id}/applications", data=application_fields(goal_1="kept as typed") | wrong
    )
    assert answer.status_code == 422 and "kept as typed" in answer.text
    assert the_application() is None


def test_even_a_draft_keeps_to_300_words(sign_in, people, visit):
    long = {"motivation": "word " * 301, "save": "1"}
    assert sign_in(people["applicant"]).post(f"/visits/{visit.id}/applications", data=long).status_code == 422


def test_pressing_twice_makes_one_application(sign_in, people, visit):
    browser = sign_in(people["applicant"])
    for words in ("Once.", "Twice."):
        browser.post(f"/visits/{visit.id}/applications", data=application_fields(motivation=words))
    assert db.session.scalar(db.select(db.func.count(VisitApplication.id))) == 1
    assert text_of(the_application(), "motivation") == "Twice."


def test_a_sent_application_is_changed_until_the_deadline_and_stays_complete(sign_in, people, visit):
    application = sent_application(visit, people["applicant"])
    browser, page = sign_in(people["applicant"]), f"/applications/{application.id}/edit"
    assert browser.post(page, data=application_fields(motivation="Better.")).status_code == 303
    assert text_of(application, "motivation") == "Better." and application.state == "submitted"
    assert browser.post(page, data=application_fields(goal_3="", save="1")).status_code == 422
    close_in_the_past(visit)
    late = browser.post(page, data=application_fields(motivation="Too late but kept on the page"))
    assert late.status_code == 409 and "Too late but kept on the page" in late.text
    assert text_of(application, "motivation") == "Better."


def test_after_the_deadline_nobody_applies_and_nobody_loses_a_text(sign_in, people, visit):
    close_in_the_past(visit)
    late = sign_in(people["applicant"]).post(
        f"/visits/{visit.id}/applications", data=application_fields(motivation="All my words")
    )
    assert late.status_code == 409 and "All my words" in late.text and "The call has closed" in late.text
    assert the_application() is None


@pytest.mark.parametrize("role", ["host_official", "host_colleague", "seatless", "coordinator", "admin"])
def test_the_host_city_and_members_without_a_city_do_not_apply(sign_in, people, visit, role):
    browser = sign_in(people[role])
    assert browser.get(f"/visits/{visit.id}/apply").status_code == 403
    assert browser.post(f"/visits/{visit.id}/applications", data=application_fields()).status_code == 403
    assert the_application() is None


def test_visitors_are_sent_to_sign_in_and_their_posts_refused(visitor, visit):
    assert visitor.get(f"/visits/{visit.id}/apply").status_code == 302
    assert visitor.post(f"/visits/{visit.id}/applications", data=application_fields()).status_code == 401


def test_facts_that_the_form_does_not_know_are_ignored(sign_in, people, visit):
    sign_in(people["applicant"]).post(
        f"/visits/{visit.id}/applications",
        data=application_fields(
            state="selected",
            city_id=people["stranger"].city.id,
            applicant_id=people["stranger"].id,
            endorsed_at="x",
        ),
    )
    application = the_application()
    assert (application.state, application.applicant) == ("submitted", people["applicant"])
    assert application.city == people["applicant"].city and application.endorsed_at is None


def test_the_host_reads_a_list_without_drafts_and_without_the_withdrawn(sign_in, people, visit):
    sent = sent_application(visit, people["applicant"])
    withdrawn = sent_application(visit)
    withdrawn.withdraw(withdrawn.applicant)
    drafted = draft_application(visit)
    page = sign_in(people["host_official"]).get(f"/visits/{visit.id}/applications")
    assert page.status_code == 200 and sent.applicant.name in page.text
    assert drafted.applicant.name not in page.text and withdrawn.applicant.name not in page.text
    assert (
        "1 application has been received" in sign_in(people["host_official"]).get(f"/visits/{visit.id}").text
    )


@pytest.mark.parametrize(
    "role", ["stranger", "applicant", "host_colleague", "admin", "applicant_focal_point"]
)
def test_nobody_else_reads_the_list(sign_in, people, visit, role):
    sent_application(visit, people["applicant"])
    assert sign_in(people[role]).get(f"/visits/{visit.id}/applications").status_code == 403


@pytest.mark.parametrize("role", ["stranger", "applicant_colleague", "host_colleague", "seatless", "admin"])
def test_an_outsider_never_reads_a_word_of_an_application(sign_in, people, visit, role):
    application = sent_application(visit, people["applicant"])
    browser = sign_in(people[role])
    pages = [
        "/visits",
        f"/visits/{visit.id}",
        f"/visits/{visit.id}/apply",
        f"/visits/{visit.id}/applications",
    ]
    pages += [f"/applications/{application.id}", f"/applications/{application.id}/edit"]
    pages += [f"/cities/{application.city.slug}", f"/cities/{visit.host_city.slug}", "/"]
    for page in pages:
        assert CANARY not in browser.get(page).text
    for page in pages[4:6]:
        assert browser.get(page).status_code == 404
    assert CANARY in sign_in(people["applicant"]).get(f"/applications/{application.id}").text


def test_visitors_never_read_a_word_of_an_application(visitor, people, visit):
    application = sent_application(visit, people["applicant"])
    assert visitor.get(f"/applications/{application.id}").status_code == 302
    assert visitor.get("/applications/999999").status_code == 302
    assert CANARY not in visitor.get(f"/visits/{visit.id}").text


@pytest.mark.parametrize(
    "role", ["host_official", "host_focal_point", "coordinator", "applicant_focal_point"]
)
def test_those_concerned_read_a_sent_application_and_cannot_change_it(sign_in, people, visit, role):
    application = sent_application(visit, people["applicant"])
    browser = sign_in(people[role])
    assert CANARY in browser.get(f"/applications/{application.id}").text
    assert browser.post(f"/applications/{application.id}/edit", data=application_fields()).status_code == 403
    assert browser.post(f"/applications/{application.id}/withdraw").status_code == 403


def test_an_applicant_withdraws_and_may_begin_again(sign_in, people, visit):
    application = sent_application(visit, people["applicant"])
    browser = sign_in(people["applicant"])
    assert browser.post(f"/applications/{application.id}/withdraw").status_code == 303
    assert application.state == "withdrawn"
    assert browser.post(f"/applications/{application.id}/withdraw").status_code == 409
    assert browser.get(f"/visits/{visit.id}/apply").status_code == 200


def test_the_focal_point_endorses_apart_from_the_submission(sign_in, people, visit):
    application = sent_application(visit, people["applicant"])
    assert sign_in(people["applicant"]).post(f"/applications/{application.id}/endorse").status_code == 403
    answer = sign_in(people["applicant_focal_point"]).post(f"/applications/{application.id}/endorse")
    assert answer.status_code == 303 and application.state == "endorsed"


def test_a_focal_point_who_applies_endorses_for_the_city_in_a_step_that_names_them(sign_in, people, visit):
    focal_point = people["applicant_focal_point"]
    application = sent_application(visit, focal_point)
    assert application.state == "submitted"

    assert sign_in(focal_point).post(f"/applications/{application.id}/endorse").status_code == 303
    assert application.endorsed_by == focal_point
    page = sign_in(people["host_official"]).get(f"/applications/{application.id}").text
    steps = page.split("Endorsed by the city</strong>")[1].split("</li>")[0]
    assert focal_point.name in steps


def test_the_list_asks_as_few_questions_for_many_applications_as_for_one(
    sign_in, people, visit, count_queries
):
    browser, page = sign_in(people["host_official"]), f"/visits/{visit.id}/applications"
    sent_application(visit)
    browser.get(page)
    with count_queries() as few:
        browser.get(page)
    for _ in range(5):
        sent_application(visit, MemberFactory())
    with count_queries() as many:
        assert browser.get(page).text.count("Learning goals") == 6
    assert len(many) == len(few)


def test_a_draft_in_a_language_keeps_it(sign_in, people, visit):
    fields = application_fields(
        motivation="Nous recevons les nouveaux arrivants sans entretien.", language="fr"
    )
    sign_in(people["applicant"]).post(f"/visits/{visit.id}/applications", data=fields)
    assert {text.language for text in the_application().texts} == {"fr"}


def test_two_visits_two_applications(people):
    for visit in (open_visit(), open_visit()):
        assert sent_application(visit, people["applicant"]).state == "submitted"


def test_who_still_writes_when_the_selection_has_begun_hears_that_and_keeps_the_words(sign_in, people, visit):
    application = sent_application(visit, people["applicant"])
    application.decide("eligible", people["coordinator"])
    browser, ours = sign_in(people["applicant"]), {"Origin": "http://localhost"}

    for path in (f"/applications/{application.id}/edit", f"/visits/{visit.id}/applications"):
        answer = browser.post(path, data=application_fields(motivation="Written\nlong"), headers=ours)
        assert answer.status_code == 403
        assert "This application can no longer be changed" in answer.text
        assert "Written\nlong" in answer.text and f'href="/applications/{application.id}"' in answer.text
    focal_point = sign_in(people["applicant_focal_point"]).post(f"/applications/{application.id}/edit")
    assert "Your role" in focal_point.text


def test_a_late_application_is_answered_with_the_end_of_the_call_and_what_was_typed(sign_in, people, visit):
    visit.become("cancelled", people["coordinator"], "Storm")
    answer = sign_in(people["applicant"]).post(
        f"/visits/{visit.id}/applications", data=application_fields(goal_1="kept as typed")
    )

    assert answer.status_code == 409 and the_application() is None
    assert "The call has closed" in answer.text and "kept as typed" in answer.text
