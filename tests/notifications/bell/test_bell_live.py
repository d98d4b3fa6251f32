"""The bell of pages that are open: whoever is here hears of it, after the commit, and for nobody else is anything asked."""

import re

import pytest

from cityexchange.core.db import db, unit_of_work
from cityexchange.core.sockets import doors, follow, outbox, socketio
from cityexchange.follows.models import Follow
from tests.factories import MemberFactory
from tests.forums.factories import start_topic
from tests.notifications.bell.factories import tell_of_posts, unread

NEWS = "notification:new"


@pytest.fixture
def topic():
    return start_topic(title="Two desks in one hall")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", locale="en")


@pytest.fixture
def followers(topic):
    """Three of them."""
    members = [MemberFactory(locale="en") for _ in range(3)]
    for member in members:
        Follow.choose(member, topic, "following")
    return members


def reply(sign_in, member, topic, text="We have one."):
    return sign_in(member).post(f"/topics/{topic.id}/posts", data={"text": text})


def news(line):
    return numbers(line.heard())


def numbers(heard):
    """Of what is told at the bell; each was counted after the one before."""
    told = [payload for name, payload in heard if name == NEWS]
    moments = [payload["at"] for payload in told]
    assert moments == sorted(set(moments))
    return [payload["unread"] for payload in told]


def number_of(page):
    """(how much, as of when) the page says at its bell."""
    return tuple(map(int, re.search(r'data-unread="(\d+)" data-unread-at="(\d+)"', page).groups()))


def counting(statements):
    """Those that ask how much is unread, beside the row of who reads."""
    return [one for one in statements if "AS unread" in one and "sign_in_sessions" not in one]


def test_whoever_is_here_hears_how_much_is_unread_in_every_tab(ben, topic, followers, sign_in, connect):
    here, there, elsewhere = connect(followers[0]), connect(followers[0]), connect(ben)
    for line in (here, there, elsewhere):
        line.heard()
    assert reply(sign_in, ben, topic).status_code == 303
    assert reply(sign_in, ben, topic, "And another.").status_code == 303

    assert news(here) == news(there) == [1, 2]
    assert news(elsewhere) == []


def test_one_statement_counts_for_all_who_are_here(ben, topic, followers, sign_in, connect, count_queries):
    lines = [connect(member) for member in followers]
    reply(sign_in, ben, topic)
    with count_queries() as statements:
        reply(sign_in, ben, topic, "And another.")

    assert len(counting(statements)) == 1
    assert [news(line)[-1] for line in lines] == [2] * 3


def test_for_those_who_are_not_here_nothing_is_counted(
    ben, topic, followers, sign_in, connect, count_queries
):
    connect(ben)
    with count_queries() as statements:
        reply(sign_in, ben, topic)

    assert counting(statements) == [] and len(unread(followers[0])) == 1


def test_what_was_undone_is_not_told(ben, topic, followers, sign_in, connect):
    line = connect(followers[0])
    line.heard()

    assert reply(sign_in, ben, topic, "").status_code == 422
    assert news(line) == []


def test_reading_in_one_tab_lowers_the_number_in_the_others(ben, topic, followers, sign_in, connect):
    member = followers[0]
    line, browser = connect(member), sign_in(member)
    for text in ("One", "Two"):
        reply(sign_in, ben, topic, text)
    line.heard()
    (newest,) = unread(member)[-1:]

    browser.post(f"/notifications/{newest}/read")
    assert news(line) == [1]
    browser.post(f"/notifications/read?newest={newest}")
    assert news(line) == [0]
    browser.post(f"/notifications/read?newest={newest}")
    assert news(line) == [], "nothing changed"


def test_reading_the_topic_itself_lowers_it_too(ben, topic, followers, sign_in, connect):
    line, browser = connect(followers[0]), sign_in(followers[0])
    reply(sign_in, ben, topic)
    line.heard()
    browser.post(f"/topics/{topic.id}/read", data={"position": 2})

    assert news(line) == [0]


def test_a_post_that_goes_lowers_it_too(ben, topic, followers, sign_in, connect):
    line = connect(followers[0])
    post = sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "A slip"}).location
    assert news(line) == [1]
    sign_in(ben).post(f"/posts/{post.rpartition('-')[2]}/remove")

    assert news(line) == [0]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_line_begins_with_what_came_while_there_was_none(topic, followers, connect, number):
    posts = [topic.post(topic.author, f"Reply {n}") for n in range(number)]
    assert len(unread(followers[0])) == len(posts)

    assert numbers(connect(followers[0]).greeting) == [number]


def test_what_comes_as_a_line_begins_is_in_what_it_is_told_or_told_after_it(
    monkeypatch, ben, topic, followers, sign_in, connect
):
    """Counted before the line follows, it would be missed."""
    browser, address = sign_in(ben), f"/topics/{topic.id}/posts"
    reply_now = lambda: browser.post(address, data={"text": "Just now."})
    monkeypatch.setattr(doors, "follow", lambda who: (reply_now(), follow(who)))

    assert numbers(connect(followers[0]).greeting) == [1]


@pytest.mark.parametrize("answer", ["a page", "a form that comes back"])
def test_a_page_says_as_of_when_its_number_is_and_what_happens_later_is_told_as_later(
    ben, topic, followers, sign_in, connect, answer
):
    line, browser = connect(followers[0]), sign_in(followers[0])
    [(_, before)] = line.greeting
    refused = {"data": {"text": ""}, "method": "POST", "path": f"/topics/{topic.id}/posts"}
    page = browser.open(**refused) if answer != "a page" else browser.get("/bookmarks")
    reply(sign_in, ben, topic)
    [(_, after)] = line.heard()

    assert number_of(page.text)[0] == 0 and after["unread"] == 1
    assert before["at"] < number_of(page.text)[1] < after["at"]


def test_each_page_says_its_own_moment_and_is_otherwise_the_same(followers, sign_in):
    browser = sign_in(followers[0])
    first, second = (browser.get("/bookmarks").text for _ in range(2))

    assert number_of(first)[1] < number_of(second)[1]
    assert without_moment(first) == without_moment(second)


def without_moment(page):
    return re.sub(r'(data-unread-at|value|nonce)="[^"]*"', "", page)


def test_a_member_without_a_place_who_is_told_nothing_hears_nothing(topic, connect):
    line = connect(MemberFactory(city=None))
    tell_of_posts(MemberFactory(), topic, [topic.post(MemberFactory(), "Elsewhere")])
    db.session.commit()

    assert news(line) == []


def test_what_a_process_without_lines_writes_down_is_told_by_those_that_have_some(
    app, monkeypatch, topic, followers, connect
):
    line, elsewhere = connect(followers[0]), outbox.Collector("elsewhere")
    line.heard()
    monkeypatch.setitem(app.config, "IS_COMMAND", True)
    with unit_of_work():
        topic.post(topic.author, "By the worker")
    line.heard()
    (notice,) = [one for one in elsewhere.fresh() if one.event == "tell_unread"]
    assert set(notice.payload["member_ids"]) == {member.id for member in followers}

    socketio.server.manager.emit(notice.event, notice.payload, "/", room=notice.channel)
    assert news(line) == [1]
