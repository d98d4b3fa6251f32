"""A member's start page: what waits for them first, by the part they have here; then their city; then what is new."""

import re
from datetime import timedelta

import pytest

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.jobs.heartbeat import Heartbeat
from cityexchange.core.mail.models import OutgoingMail
from cityexchange.digest.models import DigestAnswer
from cityexchange.spaces.entries import SpaceEntry
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, start_topic, titles
from tests.home.asking import asked_to_join, city_applied
from tests.visits.conftest import people, visit  # noqa: F401
from tests.visits.factories import draft_application, host_team, offered_visit, open_visit, sent_application
from tests.workshops.factories import WorkshopFactory, organiser

TITLES = r'<h3 class="thing__title"[^>]*>([^<]*)<|<li [^>]*>\s*<a [^>]*>([^<]*)<'


def team(role):
    return MemberFactory(team_role=role, city=None, locale="en")


def waiting(page):
    """Titles of what waits, sheets and lines, in their order."""
    part = page.split('id="mine"')[1].split("</section>")[0]
    return ["".join(found).strip() for found in re.findall(TITLES, part)]


def a_while_ago():
    return clock_at(utcnow() - timedelta(days=9))


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en", languages_read=["en"])


def test_an_official_sees_an_answer_a_question_and_a_date(sign_in, ana, visit):  # noqa: F811
    mine = start_topic(author=ana, title="Mine", language="en")
    mine.post(MemberFactory(), "As we did.")
    start_topic(title="Of others", language="en")
    ana.city.need(visit.theme)

    page = sign_in(ana).get("/").text

    assert waiting(page) == ["Mine", "Of others", visit.title]
    assert "Since today" in page and "Until" in page and "Read the answers" in page


def test_what_was_read_put_off_or_said_by_oneself_waits_no_more(sign_in, ana):
    browser = sign_in(ana)
    read, own = (start_topic(author=ana, title=title, language="en") for title in ("Read", "Own"))
    read.post(MemberFactory(), "As we did.")
    own.post(ana, "One thing more.")
    put_off, left = start_topic(title="Put off", language="en"), start_topic(title="Left", language="en")
    browser.post(f"/topics/{read.id}/read")
    db.session.add(DigestAnswer(member_id=ana.id, topic_id=put_off.id, answer="no"))

    assert waiting(browser.get("/").text) == [left.title]


def test_a_question_on_a_theme_of_my_city_comes_before_newer_ones(sign_in, ana):
    theme = ThemeFactory()
    ana.city.offer(theme)
    fitting = start_topic(title="Fitting", language="en", themes=[theme])
    start_topic(title="In my language", language="en")
    start_topic(title="Foreign", language="sw")

    assert waiting(sign_in(ana).get("/").text) == [fitting.title, "In my language"]


def test_a_focal_point_sees_who_asks_to_join_and_what_waits_for_the_city(sign_in):
    official, focal_point = host_team()
    with a_while_ago():
        asked_to_join(official.city)
    asked_to_join(CityFactory(), "Of Another")
    offered = offered_visit(official, title="Offered by us")
    offered.submit(official)
    applied = sent_application(open_visit(title="Applied to"), official)

    page, colleague = sign_in(focal_point).get("/").text, sign_in(official).get("/").text

    assert waiting(page) == ["Dana Novak asks for a place", "Offered by us", applied.visit.title]
    assert "For 9 days" in page and "Of Another" not in page
    assert "Dana Novak" not in colleague and waiting(colleague) == []


def test_an_organiser_sees_what_needs_a_decision(sign_in):
    draft = WorkshopFactory(title="A draft")
    announced = WorkshopFactory(title="Announced", is_announced=True)
    full = WorkshopFactory(title="Full", is_open=True, capacity_in_person=1)
    for _ in range(2):
        full.register(MemberFactory(), "in_person", "en")
    WorkshopFactory(title="All in order", is_open=True)

    page, official = sign_in(organiser(locale="en")).get("/").text, sign_in(MemberFactory()).get("/").text

    assert waiting(page) == [full.title, draft.title, announced.title]
    assert f"/workshops/{full.id}/registrations" in page and "Complete and announce it" in page
    assert waiting(official) == []


def test_a_facilitator_sees_what_is_held_and_what_nobody_has_answered(sign_in, ana):
    with a_while_ago():
        silent, answered = start_topic(title="Silent"), start_topic(title="Answered")
        answered.mark_answer(answered.post(MemberFactory(), "So."), answered.author)
        held = start_topic(title="Kept back")
        held.state = "held"
    start_topic(title="Of today")

    page = sign_in(team("facilitator")).get("/").text

    assert waiting(page) == [held.title, silent.title] and "Find somebody who can answer" in page
    assert held.title not in sign_in(ana).get("/").text


def test_a_facilitator_hears_nothing_of_a_space_from_outside(sign_in):
    with a_while_ago():
        start_topic(ForumFactory(space=SpaceFactory(confidentiality="group")), title="Inside")

    assert "Inside" not in sign_in(team("facilitator")).get("/").text


def test_a_coordinator_sees_which_cities_and_people_wait_and_since_when(sign_in):
    with a_while_ago():
        city_applied("Riga")
    asked_to_join(None, "Of Nowhere", is_of_domain=False, city_name="Atlantis")
    asked_to_join(CityFactory(), "Of Their City")

    page = sign_in(team("coordinator")).get("/").text

    assert waiting(page) == ["Riga asks to take part", "Of Nowhere asks for a place"]
    assert "For 9 days" in page and "Atlantis" in page
    for other in (team("organiser"), team("facilitator"), MemberFactory()):
        assert "Riga" not in sign_in(other).get("/").text


def test_an_admin_sees_what_is_not_well(sign_in):
    late = {
        "address": "a@b.example",
        "locale": "en",
        "template": "t",
        "due_at": utcnow() - timedelta(hours=3),
    }
    db.session.add_all([OutgoingMail(key="1", **late), OutgoingMail(key="2", state="failed", **late)])
    db.session.add(Heartbeat(name="w:1", at=utcnow() - timedelta(hours=2)))
    words = ["The worker has fallen silent", "Mails wait to be sent", "Mails could not be sent"]

    assert waiting(sign_in(team("admin")).get("/").text) == words
    assert not any(one in sign_in(team("coordinator")).get("/").text for one in words)


def test_mails_on_their_way_and_a_worker_that_beats_are_well(sign_in):
    db.session.add(OutgoingMail(key="1", address="a@b.example", locale="en", template="t"))
    db.session.add(Heartbeat(name="w:1", at=utcnow()))

    page = sign_in(team("admin")).get("/").text

    assert waiting(page) == [] and "Nothing is known to be wrong" in page


CALM = {
    "admin": "/desk/audit",
    "coordinator": "/desk#cities",
    "organiser": "/workshops/new",
    "facilitator": "/topics?filter=answered",
}


@pytest.mark.parametrize("role", CALM)
def test_where_nothing_waits_for_the_team_a_step_fit_for_each(sign_in, role):
    page = sign_in(team(role)).get("/").text
    part = page.split('class="calm"')[1].split("</section>")[0]
    assert waiting(page) == [] and f'href="{CALM[role]}"' in part


def test_where_nothing_waits_for_a_citys_people_a_step_fit_for_each(sign_in, ana):
    focal_point = MemberFactory(role="city_focal_point", locale="en")
    guest = MemberFactory(city=None, locale="en")
    for member, way in ((ana, "unanswered"), (focal_point, focal_point.city.slug), (guest, "/spaces")):
        assert way in sign_in(member).get("/").text.split('class="calm"')[1].split("</section>")[0]


def test_an_invitation_and_a_request_wait_for_who_answers_them(sign_in, ana):
    space = SpaceFactory(name="Reading circle", confidentiality="group", joining="request")
    SpaceEntry.invite(space, ana, MemberFactory(), "Come in.")

    page = sign_in(ana).get("/").text

    assert waiting(page) == ["Reading circle"] and "You are invited" in page
    assert "Reading circle" not in sign_in(MemberFactory()).get("/").text


def test_the_city_shows_what_it_needs_what_its_people_say_and_what_it_hosts(sign_in, ana):
    theme = ThemeFactory(key="housing")
    ana.city.need(theme)
    talk = start_topic(author=MemberFactory(city=ana.city), title="Said by a colleague", kind="story")
    hosted = WorkshopFactory(title="Here with us", host_city_id=ana.city.id, is_open=True)

    city = sign_in(ana).get("/").text.split('id="city"')[1].split("</section>")[0]

    assert all(words in city for words in ('"/themes/housing"', talk.title, hosted.title))
    assert 'id="city"' not in sign_in(team("admin")).get("/").text


def test_nothing_stands_on_the_page_twice(sign_in, ana, visit):  # noqa: F811
    browser = sign_in(ana)
    theme = ThemeFactory(key="housing")
    for one in (theme, visit.theme):
        ana.city.need(one)
    draft_application(visit, ana)
    mine = start_topic(author=ana, title="Mine", language="en")
    browser.post(f"/topics/{mine.id}/read")
    mine.post(MemberFactory(), "As we did.")
    start_topic(title="Of others", language="en", themes=[theme])
    start_topic(author=MemberFactory(city=ana.city), title="Of my city", language="en")
    workshop = WorkshopFactory(title="Ends soon", is_open=True, host_city_id=ana.city.id, themes=[theme])
    workshop.registration_closes_at = utcnow() + timedelta(days=3)

    page = browser.get("/").text

    for title in ("Mine", "Of others", "Of my city", "Ends soon", visit.title):
        assert page.count(f">{title}<") == 1, title


def test_where_all_that_is_new_stands_above_the_page_says_so(sign_in, ana):
    mine = start_topic(author=ana, title="Mine", language="en")
    mine.post(MemberFactory(), "As we did.")

    page = sign_in(ana).get("/").text

    assert (
        titles(page) == [] and "What is new stands above." in page and "You have read everything" not in page
    )


def test_the_page_asks_as_few_questions_where_much_waits(sign_in, ana, count_queries):
    browser, numbers = sign_in(ana), []
    for turn in range(2):
        start_topic(title=f"Of others {turn}", language="fr")
        start_topic(author=ana, title=f"Mine {turn}", language="fr").post(MemberFactory(), "As we did.")
        browser.get("/")
        with count_queries() as statements:
            browser.get("/")
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
