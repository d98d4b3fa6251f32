"""Whoever hands a place over sees what goes on without them: questions, and people who wait (practice.md US02)."""

from cityexchange.core.db import db
from cityexchange.core.registries import MOST_TASKS
from cityexchange.members.joining import JoinRequest
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic


def request(name, city, state="waiting"):
    asked = {
        "name": name,
        "email": f"{name.lower()}@elsewhere.example",
        "job_title": "Officer",
        "password": "x",
    }
    db.session.add(made := JoinRequest(**asked, city=city, city_name=city.name, state=state))
    db.session.flush()
    return made


def tasks(browser, seat):
    page = browser.get(f"/seats/{seat.id}/hand-over").text
    return page.split('id="tasks"')[1].split("</section>")[0] if 'id="tasks"' in page else ""


def test_questions_without_an_answer_that_helped_are_passed_on(lyon, ana, sign_in):
    browser, forum = sign_in(ana), ForumFactory()
    assert tasks(browser, ana.seat) == ""
    waiting = start_topic(forum, ana, title="Who pays for interpreters?")
    helped = start_topic(forum, ana, title="How long do papers take?")
    helped.mark_answer(helped.post(MemberFactory(), "A week."), ana)
    start_topic(forum, ana, title="What we learnt", kind="story")
    start_topic(forum, ana, title="Long closed").close(ana)
    start_topic(forum, MemberFactory(city=lyon), title="A colleague's question")

    found = tasks(browser, ana.seat)
    assert f'href="/topics/{waiting.id}"' in found and "Who pays for interpreters?" in found
    for other in ("How long", "What we learnt", "Long closed", "A colleague's"):
        assert other not in found


def test_the_list_gives_away_neither_a_chosen_name_nor_a_closed_space(lyon, ana, ben, sign_in, coordinator):
    closed = SpaceFactory(confidentiality="group", joining="invitation")
    closed.admit(ben)
    chatham = SpaceFactory(confidentiality="chatham", joining="invitation")
    for space in (closed, chatham):
        space.admit(ben)
    start_topic(ForumFactory(space=closed), ben, title="Said among few")
    start_topic(ForumFactory(space=chatham), ben, title="Said under the rule")
    start_topic(None, ben, title="Under a chosen name").pen_name = "Somebody"
    start_topic(None, ben, title="Asked of all")

    found = tasks(sign_in(ana), ben.seat)
    assert "Asked of all" in found
    for hidden in ("Said among few", "Said under the rule", "Under a chosen name"):
        assert hidden not in found
    assert "Said among few" in tasks(sign_in(ben), ben.seat)


def test_who_waits_for_a_place_in_the_city_is_passed_on(lyon, ana, sign_in):
    asked = request("Zoe", lyon)
    request("Gone", lyon, "declined"), request("Other", CityFactory())

    found = tasks(sign_in(ana), ana.seat)
    assert f'href="/join-requests/{asked.id}"' in found and "Zoe asks for a place" in found
    assert "Gone" not in found and "Other" not in found


def test_the_list_has_an_end(lyon, ana, sign_in):
    for n in range(MOST_TASKS + 1):
        request(f"Zoe{n}", lyon)

    assert tasks(sign_in(ana), ana.seat).count("<li>") == MOST_TASKS
