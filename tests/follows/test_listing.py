"""What a member follows, on one page: changed or ended by a press."""

import re
from html import unescape

import pytest

from cityexchange.follows.listing import LINES
from cityexchange.follows.models import Follow
from cityexchange.languages.models import translate
from tests.factories import MemberFactory
from tests.follows.factories import chosen_by
from tests.forums.factories import ForumFactory, start_topic, titles

SAID = re.compile(r"Notifications: (\w+)")


def test_the_list_names_each_with_its_level_the_newest_first(ana, records, sign_in):
    levels = dict(zip(records, ("following", "muted", "everything", "normal", "muted"), strict=True))
    for kind, record in records.items():
        Follow.choose(ana, record, levels[kind])
    page = sign_in(ana).get("/follows").text

    assert titles(page) == [
        "The hall",
        "Arrival",
        "Housing and homelessness",
        "First days",
        "Two desks in one hall",
    ]
    assert SAID.findall(page) == ["Muted", "Normal", "Everything", "Muted", "Following"]


def test_who_chose_nothing_reads_where_one_chooses(ana, sign_in):
    page = sign_in(ana).get("/follows").text

    assert "You chose nothing yet" in page and "Which of them" not in page


@pytest.mark.parametrize("kind", ["Topic", "Forum", "Theme", "Space", "Room"])
def test_a_level_is_changed_and_ended_on_the_list(ana, records, sign_in, kind):
    record, browser = records[kind], sign_in(ana)
    Follow.choose(ana, record, "following")
    change, end = (
        unescape(one) for one in re.findall(r'action="(/follows/[^"]+)"', browser.get("/follows").text)
    )

    assert browser.post(change, data={"level": "everything"}).location == "/follows"
    assert chosen_by(ana) == {(kind, record.id): "everything"}
    for _ in range(2):
        assert browser.post(end).location == "/follows"
    assert chosen_by(ana) == {}


@pytest.mark.parametrize("kind", ["Topic", "Forum", "Space", "Room"])
def test_of_what_is_closed_to_one_nothing_is_told_and_the_choice_can_be_ended(ana, records, sign_in, kind):
    space, browser = records["Space"], sign_in(ana)
    space.confidentiality = "group"
    space.admit(ana)
    Follow.choose(ana, records[kind], "everything")
    space.leave(ana)
    page = browser.get("/follows").text

    assert "No longer open to you" in page and "Everything" in page
    assert not any(word in page for word in ("The hall", "Arrival", "First days", "Two desks"))
    (end,) = re.findall(r'action="(/follows/[^"]+)"', page)
    assert browser.post(unescape(end)).status_code == 303 and chosen_by(ana) == {}


def test_others_choices_are_not_ended(ana, ben, places, sign_in):
    Follow.choose(ana, places["topic"], "following")
    sign_in(ben).post(f"/follows/Topic/{places['topic'].id}/end")

    assert chosen_by(ana)


def test_one_narrows_the_list_to_a_kind(ana, records, sign_in):
    for record in records.values():
        Follow.choose(ana, record, "following")
    browser = sign_in(ana)

    assert titles(browser.get("/follows?kind=Forum").text) == ["First days"]
    assert len(titles(browser.get("/follows?kind=Nonsense").text)) == 5


def test_a_long_list_comes_in_pages_and_costs_no_more(ana, records, sign_in, count_queries):
    browser, costs = sign_in(ana), []
    for record in records.values():
        Follow.choose(ana, record, "following")
    for more in (LINES, 0):
        browser.get("/follows")
        with count_queries() as statements:
            first = browser.get("/follows").text
        costs.append(len(statements))
        for n in range(more):
            forum = ForumFactory()
            Follow.choose(ana, forum, "muted")
            Follow.choose(ana, start_topic(forum, title=f"Another {n}"), "muted")
    further = re.search(r'rel="next" href="([^"]+)"', first)

    assert costs[1] <= costs[0] and len(titles(first)) == LINES
    assert titles(browser.get(unescape(further[1])).text)


def test_names_are_read_in_the_language_of_the_page(places, sign_in):
    member = MemberFactory(locale="ar", languages_read=["ar"])
    for name in ("forum", "housing", "topic"):
        Follow.choose(member, places[name], "following")
    translate(places["forum"], "name", "ar", "الأيام الأولى")
    page = sign_in(member).get("/follows").text

    assert "الأيام الأولى" in page and "First days" not in page
    assert "Housing and homelessness" not in page
    assert 'lang="en" dir="auto">Two desks in one hall' in page
