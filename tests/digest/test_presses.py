"""An answer from a mail: for exactly one member, one question and one answer, by a hand, as long as it may be given."""

import re
from datetime import timedelta

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.digest.letters import write_letter
from cityexchange.digest.models import DigestAnswer
from cityexchange.digest.weeks import week_at
from tests.digest.factories import official
from tests.factories import MemberFactory
from tests.forums.factories import opening

PRESSED = {"pressed": "yes"}
ENDED = "This link answers nothing any more"


@pytest.fixture
def links(nour, asked):
    """The links of Nour's letter, by their answer's place in it."""
    db.session.commit()
    write_letter(nour.id, week_at(utcnow(), nour.timezone, "FR"))
    mail = db.session.scalars(db.select(OutgoingMail).filter_by(template="digest/weekly")).one()
    found = re.findall(r"https?://[^/]+(/digest/answers/[\w.-]+)", compose(mail).text)
    return dict(zip(("same", "help", "no"), found, strict=True))


def said():
    db.session.expire_all()
    return [(one.member_id, one.topic_id, one.answer) for one in db.session.scalars(db.select(DigestAnswer))]


@pytest.mark.parametrize("answer", ["same", "help", "no"])
def test_a_press_without_signing_in_answers_for_whom_the_letter_was(visitor, links, nour, asked, answer):
    page = visitor.get(links[answer]).text
    assert "Nour Haddad" in page and "Sfax" in page and asked.title in page
    assert said() == []

    response = visitor.post(links[answer], data=PRESSED)
    assert response.status_code == 303 and response.location == links[answer]
    assert said() == [(nour.id, asked.id, answer)]
    assert "Take it back" in visitor.get(links[answer]).text
    assert visitor.get("/digest").status_code == 302, "it signs nobody in"

    visitor.post(f"{links[answer]}/take-back", data=PRESSED)
    assert said() == []


def test_the_page_speaks_the_language_of_whom_it_is_for(visitor, links, nour):
    nour.locale = "fr"
    assert '<html lang="fr"' in visitor.get(links["same"]).text


def by_get(browser, link):
    return browser.get(link)


def by_head(browser, link):
    return browser.head(link)


def by_a_form_that_sends_itself(browser, link):
    return browser.post(link)


def by_a_script_in_a_browser(browser, link):
    headers = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin"}
    return browser.post(link, data=PRESSED, headers=headers)


def from_another_site(browser, link):
    return browser.post(link, data=PRESSED, headers={"Origin": "https://elsewhere.example"})


@pytest.mark.parametrize(
    "scan", [by_get, by_head, by_a_form_that_sends_itself, by_a_script_in_a_browser, from_another_site]
)
def test_whoever_looks_at_links_changes_nothing(visitor, links, scan):
    for link in links.values():
        for way in (link, f"{link}/take-back"):
            scan(visitor, way)
    assert said() == []


def test_without_the_token_of_the_page_nothing_is_taken(app, visitor, links):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert visitor.post(links["same"], data=PRESSED).status_code == 400
        page = visitor.get(links["same"]).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        assert visitor.post(links["same"], data=PRESSED | {"csrf_token": token}).status_code == 303
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def removed(nour, asked):
    asked.lose(opening(asked))


def closed(nour, asked):
    asked.close(asked.author)


def moved(nour, asked):
    asked.forum.space.confidentiality = "group"


def moved_with_the_member(nour, asked):
    asked.forum.space.confidentiality = "group"
    asked.forum.space.admit(nour)


def suspended(nour, asked):
    nour.suspend()


def gone(nour, asked):
    MemberFactory(city=nour.city, role="city_focal_point")
    leave(nour)


def seat_ended(nour, asked):
    nour.seat.until = utcnow().date() - timedelta(days=1)


def helped(nour, asked):
    asked.mark_answer(asked.post(MemberFactory(), "So we did."), asked.author)


LOST = [removed, closed, moved, moved_with_the_member, suspended, gone, seat_ended, helped]


@pytest.mark.parametrize("happens", LOST)
def test_what_may_not_be_answered_any_more_shows_nothing(visitor, links, nour, asked, happens):
    title = asked.title
    happens(nour, asked)
    for method in (visitor.get, visitor.post):
        response = method(links["help"], **({"data": PRESSED} if method == visitor.post else {}))
        assert response.status_code == 404 and ENDED in response.text
        assert title not in response.text and "Nour" not in response.text
    assert said() == []


def test_a_link_lives_for_a_month(visitor, links):
    with clock_at(utcnow() + timedelta(days=29)):
        assert visitor.get(links["no"]).status_code == 200
    with clock_at(utcnow() + timedelta(days=31)):
        response = visitor.post(links["no"], data=PRESSED)
        assert response.status_code == 404 and ENDED in response.text
    assert said() == []


def test_a_link_that_was_changed_is_no_link(app, visitor, links, nour, asked):
    own, other = links["same"], links["help"]
    body, moment, signature = own.rsplit("/", 1)[1].split(".")
    other_body = other.rsplit("/", 1)[1].split(".")[0]
    for made in (
        f"{other_body}.{moment}.{signature}",
        f"{body}.{moment}.{signature[:-2]}xx",
        f"{body}.{moment}",
        f"{body}x.{moment}.{signature}",
        "",
        "ünsigned",
    ):
        assert visitor.get(f"/digest/answers/{made}").status_code == 404
        assert visitor.post(f"/digest/answers/{made}", data=PRESSED).status_code in (404, 405)
    assert said() == []


def test_what_was_signed_for_another_purpose_is_no_link(app, visitor, links):
    from cityexchange.core.mail.tokens import token_for

    assert visitor.get(f"/digest/answers/{token_for(1, 'digest')}").status_code == 404


def test_who_is_signed_in_as_somebody_else_still_answers_for_the_letter(sign_in, links, nour, asked):
    other = official(name="Konrad Maier", place="Vienna", locale="en")
    browser = sign_in(other)
    assert "Nour Haddad" in browser.get(links["same"]).text
    browser.post(links["same"], data=PRESSED)

    assert said() == [(nour.id, asked.id, "same")]
