"""What a member reads on the page of notifications."""

import re
from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.languages.models import translate
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.listing import LINES
from cityexchange.notifications.models import Notification, NotificationChoice
from cityexchange.notifications.words import NAMES, happened
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import opening, start_topic
from tests.notifications.bell.factories import tell, tell_of_posts, unread
from tests.notifications.bell.page import days_of, lines_of, reply
from tests.visits.factories import open_visit, sent_application
from tests.workshops.factories import WorkshopFactory


def test_what_concerns_a_member_stands_by_day_in_their_zone_the_newest_first(ana, topic, sign_in):
    ana.timezone = "Pacific/Auckland"  # 11 hours ahead in October
    for hour in (10, 12):  # 23:00 there on the first of October, 01:00 on the second
        at = datetime(2031, 10, 1, hour, tzinfo=UTC)
        with clock_at(at):
            tell_of_posts(ana, topic, reply(topic, f"At {hour}"))
    with clock_at(datetime(2031, 10, 2, 13, tzinfo=UTC)):
        tell_of_posts(ana, topic, reply(topic, "At the end"))
        page = sign_in(ana).get("/notifications").text

    days = days_of(page)
    assert [day for day, _lines in days] == ["Today", "Yesterday", "Wednesday, 1 October 2031"]
    assert [[print for _title, _to, print in lines] for _day, lines in days] == [
        ["Not read yet 1 reply At the end Reception 02:00"],
        ["Not read yet 1 reply At 12 Reception 01:00"],
        ["Not read yet 1 reply At 10 Reception 23:00"],
    ]


def test_replies_of_one_topic_stand_together_and_lead_to_the_first_unread_one(ana, topic, sign_in):
    posts = [*reply(topic, "Amina"), *reply(topic, "Ben", 2), *reply(topic, "Chen")]
    tell_of_posts(ana, topic, posts)
    db.session.get(Notification, unread(ana)[0]).read_at = utcnow()
    other = start_topic(title="Another matter")
    tell_of_posts(ana, other, reply(other, "Dora"))
    ((_day, lines),) = days_of(sign_in(ana).get("/notifications").text)

    assert [line[:2] for line in lines] == [
        ("Another matter", f"/posts/{opening(other).id + 1}"),
        ("Two desks in one hall", f"/posts/{posts[1].id}"),
    ]
    assert "4 replies Chen and 2 others Reception" in lines[1][2]


def test_a_mention_and_a_new_topic_stand_for_themselves(ana, topic, sign_in):
    first, second = reply(topic, "Amina"), reply(topic, "Ben")
    tell_of_posts(ana, topic, first)
    tell_of_posts(ana, topic, second, kind="mention")
    for title in ("One", "Two"):
        new = start_topic(topic.forum, title=title)
        tell(ana, opening(new), "topic", topic.forum)
    ((_day, lines),) = days_of(sign_in(ana).get("/notifications").text)

    assert [title for title, _to, _print in lines] == ["Two", "One", *["Two desks in one hall"] * 2]
    assert "You are named Ben" in lines[2][2] and "1 reply Amina" in lines[3][2]


def test_a_message_leads_to_its_page_of_the_room(ana, sign_in):
    room = RoomFactory(name="The kitchen", space=SpaceFactory(name="Everybody"))
    messages = [room.post(MemberFactory(name="Amina"), f"Message {n}") for n in range(70)]
    tell(ana, messages[3], "mention", room, position=4)
    ((_day, ((title, address, small),)),) = days_of(sign_in(ana).get("/notifications").text)

    assert (title, "Amina Everybody" in small) == ("The kitchen", True)
    browser = sign_in(ana)
    page = browser.get(browser.get(address).location)
    assert (
        f'id="message-{messages[3].id}"' in page.text and f'id="message-{messages[69].id}"' not in page.text
    )


TEMPLATES = {
    "StudyVisit": ("visits/visit_endorsed", "A morning at the counter: endorsed by its city", "/visits/{}"),
    "VisitApplication": (
        "visits/application_received",
        "We have your application: A morning at the counter",
        "/applications/{}",
    ),
    "Registration": ("workshops/place", "You have a place: Counting newcomers", "/workshops/{}"),
    "Space": ("spaces/named", "You look after a space now", "/spaces/{}"),
}


def record_of(kind, ana):
    """The record, and what its address names."""
    if kind == "Space":
        space = SpaceFactory(confidentiality="members")
        return space, space.slug
    if kind == "Registration":
        workshop = WorkshopFactory(title="Counting newcomers", is_open=True)
        return workshop.register(ana, "online", "en"), workshop.id
    visit = open_visit(title="A morning at the counter")
    record = visit if kind == "StudyVisit" else sent_application(visit, ana)
    return record, record.id


@pytest.mark.parametrize("kind", TEMPLATES)
def test_what_is_mailed_elsewhere_is_told_in_the_words_of_that_mail(ana, kind, sign_in):
    template, said, address = TEMPLATES[kind]
    record, named = record_of(kind, ana)
    tell(ana, record, "change", template=template)
    lines = lines_of(sign_in(ana).get("/notifications").text)

    assert lines[0][:2] == (said, address.format(named))


def test_the_words_of_a_mail_are_in_the_readers_language_and_plain_text(ana, sign_in):
    ana.locale, ana.languages_read = "fr", ["fr"]
    visit = open_visit(title="<b>One & two</b>")
    translate(visit, "title", "fr", "<b>Un & deux</b>")
    tell(ana, visit, "change", template="visits/visit_endorsed")
    page = sign_in(ana).get("/notifications").text

    assert "&lt;b&gt;Un &amp; deux&lt;/b&gt;" in page and "One" not in page


def test_a_sentence_of_ours_runs_as_the_page_does_where_it_begins_with_a_name(ana, sign_in):
    ana.locale = "ar"
    tell(ana, ana.city, "decision", template="membership/activated")
    page = sign_in(ana).get("/notifications").text
    (link,) = re.findall(rf"<a ([^>]*)>{ana.city.name} ", page)

    assert "dir" not in link and 'dir="rtl"' in page


def test_a_line_without_the_facts_for_its_words_is_told_all_the_same(ana, sign_in):
    tell(ana, MemberFactory(), "change", template="membership/moved_away")
    ((_day, (line,)),) = days_of(sign_in(ana).get("/notifications").text)

    assert line[0] == "Changes of what I take part in"


def test_titles_and_places_are_read_in_the_readers_language(ana, topic, sign_in):
    tell_of_posts(ana, topic, reply(topic, "Amina"))
    translate(topic, "title", "ar", "مكتبان في قاعة واحدة")
    ana.locale, ana.languages_read = "ar", ["ar"]
    page = sign_in(ana).get("/notifications").text

    assert 'lang="ar" dir="auto">مكتبان في قاعة واحدة</a>' in page and "اليوم" in page


@pytest.mark.parametrize("locale", ["ar", "en", "es", "fr", "ru", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_words_in_every_language(app, kind, locale):
    with app.test_request_context(), force_locale(locale):
        assert all(happened(kind, number) for number in (0, 1, 2, 3, 11, 100)) and str(NAMES[kind])


def test_the_list_narrows_to_what_is_unread_and_to_a_kind(ana, topic, sign_in):
    posts = reply(topic, "Amina", 2)
    tell_of_posts(ana, topic, posts)
    browser = sign_in(ana)
    assert "filter=reply" not in browser.get("/notifications").text

    tell_of_posts(ana, topic, reply(topic, "Ben"), kind="mention")
    shown = {
        which: [small for _title, _to, small in lines_of(browser.get(f"/notifications?filter={which}").text)]
        for which in ("reply", "mention", "unread", "nonsense")
    }
    assert {which: len(lines) for which, lines in shown.items()} == {
        "reply": 1,
        "mention": 1,
        "unread": 2,
        "nonsense": 2,
    }

    browser.post(f"/notifications/read?newest={unread(ana)[-1]}")
    nothing = browser.get("/notifications?filter=unread").text
    assert lines_of(nothing) == [] and "Nothing unread" in nothing
    assert len(lines_of(browser.get("/notifications").text)) == 2


def test_a_kind_that_is_not_wanted_here_is_neither_listed_nor_counted(ana, topic, sign_in):
    db.session.add(NotificationChoice(member_id=ana.id, kind="reply", is_here=False, mailing="daily"))
    tell_of_posts(ana, topic, reply(topic, "Amina"))
    tell_of_posts(ana, topic, reply(topic, "Ben"), kind="mention")
    page = sign_in(ana).get("/notifications").text

    assert len(lines_of(page)) == 1 and "Amina" not in page
    assert 'data-unread="1"' in page


def test_a_long_list_goes_on_over_the_page(ana, sign_in):
    for n in range(LINES + 1):
        new = start_topic(title=f"Topic number {n}")
        tell(ana, opening(new), "topic", new)
    browser = sign_in(ana)
    first = browser.get("/notifications").text
    (way,) = re.findall(r'rel="next" href="([^"]+)"', first)

    assert lines_of(first)[0][0] == f"Topic number {LINES}"
    assert [title for title, *_ in lines_of(browser.get(way).text)] == ["Topic number 0"]


def test_an_empty_page_says_what_will_stand_there_and_leads_on(ana, topic, sign_in):
    tell_of_posts(MemberFactory(), topic, reply(topic, "Amina"))
    page = sign_in(ana).get("/notifications").text

    assert "Nothing yet" in page and 'href="/topics"' in page and topic.title not in page
    assert "Mark all as read" not in page
