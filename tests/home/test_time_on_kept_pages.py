"""What the clock changes on pages in memory: read before a moment and after it, by visitors and members, and nothing else has changed.

Whatever is shown from memory is made anew and compared (tests/freshness.py): so each page is read at each moment.
"""

from datetime import timedelta

import pytest

from cityexchange.core.db import clock_at, db
from cityexchange.forums.listing import NEW_FOR
from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.workshops.factories import organiser

PAGES = (
    "/",
    "/forums",
    "/forums/stairs",
    "/topics/{topic}",
    "/workshops",
    "/workshops?past=1",
    "/workshops/{workshop}",
)
MOMENTS = {
    "a topic is new no more": lambda house: house.topic.created_at + NEW_FOR,
    "registration ends": lambda house: house.workshop.registration_closes_at,
    "a workshop is over": lambda house: house.schedule.ends_at,
    "a call ends": lambda house: house.visit.call_deadline,
    "a year has gone": lambda house: house.topic.created_at + timedelta(days=365),
}
HOUR = timedelta(hours=1)
NEW = '<span class="unread">New</span>'


def read_at(moment, browser, path):
    """The second time: from memory, where there is something."""
    with clock_at(moment):
        browser.get(path)
        answer = browser.get(path)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_page_in_memory_outlives_a_moment(house, visitor, moment):
    at = MOMENTS[moment](house)
    for path in PAGES:
        for when in (at - HOUR, at + HOUR):
            read_at(when, visitor, path.format(**house.written_in))


@pytest.mark.parametrize("reader", [MemberFactory, organiser], ids=["a member", "an organiser"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_no_part_in_memory_outlives_a_moment(house, sign_in, moment, reader):
    at = MOMENTS[moment](house)
    for when in (at - HOUR, at + HOUR):
        with clock_at(when):
            browser = sign_in(reader())
        for path in PAGES:
            read_at(when, browser, path.format(**house.written_in))


CHANGES = [
    ("a topic is new no more", "/forums/stairs", NEW, None),
    ("registration ends", "/workshops/{workshop}", "Sign in to register.", "Registration is closed."),
    ("a workshop is over", "/workshops", '/workshops/{workshop}"', None),
    ("a workshop is over", "/workshops?past=1", None, '/workshops/{workshop}"'),
    ("a call ends", "/", '/visits/{visit}"', None),
]


@pytest.mark.parametrize(("moment", "path", "before", "after"), CHANGES)
def test_a_visitor_reads_what_the_clock_has_changed(house, visitor, moment, path, before, after):
    at, names = MOMENTS[moment](house), house.written_in | {"visit": house.visit.id}
    pages = [read_at(when, visitor, path.format(**names)) for when in (at - HOUR, at + HOUR)]
    for words, there in ((before, [True, False]), (after, [False, True])):
        if words:
            assert [words.format(**names) in page for page in pages] == there


def test_a_topic_is_new_for_a_fortnight_to_the_moment_and_the_page_is_kept_meanwhile(house):
    forums, workshops = {}, {}
    for days in (0, 1, 13, 13.9, 14.1, 15):
        with clock_at(house.topic.created_at + timedelta(days=days)):
            forums[days], workshops[days] = house.versions["forum"], house.versions["workshops"]

    assert len({forums[days] for days in (0, 1, 13, 13.9)}) == 1
    assert forums[13.9] != forums[14.1] == forums[15]
    assert len(set(workshops.values())) == 1


def test_the_forum_next_door_changes_nothing(house):
    with clock_at(house.topic.created_at - timedelta(days=3)):
        start_topic(ForumFactory(space=house.space), house.author)
        db.session.commit()
    at = house.topic.created_at + NEW_FOR - timedelta(days=3)
    versions = []
    for when in (at - HOUR, at + HOUR):
        with clock_at(when):
            versions.append(house.versions["forum"])

    assert versions[0] == versions[1]
