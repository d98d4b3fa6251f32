"""What the page and the bell ask of the database."""

import pytest
from sqlalchemy import insert, text

from cityexchange.core.db import db, utcnow
from cityexchange.core.templates import at_the_bell
from cityexchange.notifications.counting import MOST, counts_of
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.effort import counted_effort
from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.notifications.bell.factories import tell, tell_of_posts
from tests.visits.factories import open_visit, sent_application
from tests.workshops.factories import WorkshopFactory


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en", languages_read=["en"])


def one_of_each(ana, n):
    topic = start_topic(ForumFactory(), title=f"Question {n}", text="Une question.", language="fr")
    tell_of_posts(ana, topic, [topic.post(MemberFactory(), "An answer")])
    tell(ana, opening(topic), "topic", topic)
    tell(ana, topic, "answer", topic)
    room = RoomFactory()
    tell(ana, room.post(MemberFactory(), "Hello"), "mention", room)
    workshop = WorkshopFactory(title=f"Atelier {n}", is_open=True)
    workshop.language = "fr"
    registration = workshop.register(ana, "online", "en")
    tell(ana, registration, "change", f"workshop:{workshop.id}", template="workshops/place")
    visit = open_visit(title=f"Visite {n}")
    visit.language = "fr"
    application = sent_application(visit, ana)
    tell(ana, application, "decision", visit, template="visits/application_received")
    tell(ana, visit, "change", visit, template="visits/visit_endorsed")


def test_a_long_list_costs_no_more_than_a_short_one(ana, sign_in, count_queries):
    browser, numbers, shown = sign_in(ana), [], []
    one_of_each(ana, 0)
    for _ in range(2):
        browser.get("/notifications")
        with count_queries() as statements:
            shown.append(browser.get("/notifications").text.count('<li class="row'))
        numbers.append(len(statements))
        for n in range(5):
            one_of_each(ana, n + 1)

    assert numbers[1] <= numbers[0] and shown[1] >= 5 * shown[0]


def bell_of(member):
    return f'data-unread="{counts_of([member.id])[member.id].unread}"'


PAGES = "/", "/topics", "/notifications", "/settings"


@pytest.mark.parametrize("page", PAGES)
def test_the_bell_asks_nothing_of_its_own(ana, sign_in, count_queries, page):
    one_of_each(ana, 0)
    browser, number = sign_in(ana), bell_of(ana)
    browser.get(page)
    with count_queries() as statements:
        assert number in browser.get(page).text
    counting = [one for one in statements if "count(*)" in one and "notifications.read_at IS NULL" in one]

    assert len(counting) == 1 and "sign_in_sessions" in counting[0]


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (1, "1"), (MOST, "99"), (MOST + 1, "99+"), (MOST + 400, "99+")]
)
def test_the_number_stands_in_the_header_and_the_title_up_to_99(ana, sign_in, number, shown):
    topic = start_topic()
    values = {
        "member_id": ana.id,
        "kind": "reply",
        "record_type": "Post",
        "record_id": opening(topic).id,
        "facts": {},
    }
    values |= {"conversation": None, "mailing": "never", "created_at": utcnow()}
    db.session.flush()
    if number:
        told = [values | {"occasion": f"many:{n}"} for n in range(number)]
        db.session.execute(db.insert(Notification), told)
    page = sign_in(ana).get("/bookmarks").text

    assert at_the_bell(counts_of([ana.id])[ana.id].unread) == shown
    counter = f'<span class="counter"{"" if number else " hidden"}>{shown}</span>'
    assert counter in page
    assert page.partition("<title>")[2].startswith(f"({shown}) Bookmarks" if number else "Bookmarks")


def test_a_form_that_comes_back_shows_the_number_too(ana, sign_in):
    one_of_each(ana, 0)
    topic = start_topic()
    refused = sign_in(ana).post(f"/topics/{topic.id}/posts", data={"text": ""})

    assert refused.status_code == 422 and bell_of(ana) in refused.text


@pytest.mark.parametrize("state", [{"read_at": utcnow()}, {"is_here": False}], ids=["read", "not here"])
def test_what_does_not_count_at_the_bell_costs_nothing_there(ana, state):
    efforts = []
    for numbers in (range(1), range(1, 1500)):
        told = {"member_id": ana.id, "kind": "reply", "record_type": "Post", "facts": {}, "mailing": "never"}
        rows = [told | state | {"occasion": f"old:{number}", "record_id": number} for number in numbers]
        db.session.execute(insert(Notification), rows)
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("ANALYZE notifications"))
        db.session.commit()
        with counted_effort() as effort:
            assert counts_of([ana.id])[ana.id].unread == 0
            db.session.commit()
        efforts.append(effort.units)

    assert efforts[1] <= efforts[0] + 50
