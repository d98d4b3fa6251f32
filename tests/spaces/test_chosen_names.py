"""Whoever would be in danger under their own name writes under a chosen one, and no page, frame or mail says who it is."""

import json

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.chat.payloads import payload_of, person, shown_of, signed
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.forums.mailed import letters
from tests.members.test_settings import GOOD

REAL, CITY, CHOSEN = "Zaynab Realname", "Realville", "Blue Bird"


@pytest.fixture
def adviser():
    return MemberFactory(name=REAL, handle="blue-adviser", city=CityFactory(name=CITY, slug="real-city"))


@pytest.fixture
def space(adviser):
    space = SpaceFactory(confidentiality="members", allows_chosen_names=True)
    space.admit(adviser)
    return space


@pytest.fixture
def reader():
    return MemberFactory()


def choose(sign_in, member, space, name=CHOSEN):
    return sign_in(member).post(f"/spaces/{space.slug}/name", data={"chosen_name": name})


def tells(text):
    return REAL in text or CITY in text or "real-city" in text


def test_pages_of_a_forum_say_the_chosen_name_alone(sign_in, adviser, space, reader):
    forum = ForumFactory(space=space)
    choose(sign_in, adviser, space)
    topic = start_topic(forum, adviser)
    topic.post(reader, "Thank you.")
    topic.post(adviser, "You are welcome.")
    post, browser = opening(topic), sign_in(reader)
    sign_in(adviser).post(
        f"/posts/{post.id}", data={"text": "Said better.", "reason": "", "title": topic.title}
    )

    addresses = f"/topics/{topic.id}", f"/forums/{forum.slug}", "/forums", "/", f"/spaces/{space.slug}"
    for address in (*addresses, f"/posts/{post.id}/revisions", f"/spaces/{space.slug}/people"):
        page = browser.get(address, follow_redirects=True)
        assert page.status_code == 200 and not tells(page.text), address
        assert f'/members/{adviser.id}"' not in page.text, address
    for address in (addresses[0], addresses[1], addresses[2]):
        assert CHOSEN in browser.get(address, follow_redirects=True).text, address
    assert tells(
        browser.get(f"/members/{adviser.id}").text
    )  # who they are is no secret, only what they wrote here
    assert topic.title not in browser.get("/cities/real-city").text


def test_a_name_is_for_what_is_written_from_then_on(sign_in, adviser, space, reader):
    forum = ForumFactory(space=space)
    topic = start_topic(forum, adviser)
    choose(sign_in, adviser, space)
    topic.post(adviser, "Later.")
    choose(sign_in, adviser, space, "")
    topic.post(adviser, "Last.")

    page = sign_in(reader).get(f"/topics/{topic.id}", follow_redirects=True).text

    assert page.count(f">{REAL}<") == 2 and page.count(f">{CHOSEN}<") == 1


def test_frames_and_messages_say_the_chosen_name_alone(sign_in, adviser, space, reader):
    room = RoomFactory(space=space)
    choose(sign_in, adviser, space)
    topic = start_topic(ForumFactory(space=space), adviser)
    message = room.post(adviser, "Good day.")

    browser = sign_in(reader)
    frame = payload_of(shown_of(message, **signed(message)))
    [kept] = browser.get(f"/chat/rooms/{room.id}/messages", headers={"Accept": "application/json"}).json[
        "messages"
    ]
    people = [frame["author"], kept["author"], person(adviser, room)]
    told = json.dumps([people, frame, kept], default=str)

    assert [one["name"] for one in people] == [CHOSEN] * 3 and not tells(told)
    assert [one["id"] for one in people] == [
        0
    ] * 3  # not the member's number, which a message may bear as well
    for address in (f"/chat/rooms/{room.id}", f"/topics/{topic.id}/posts?after=0"):
        page = browser.get(address).text
        assert CHOSEN in page and not tells(page)


def test_mails_say_the_chosen_name_alone(sign_in, adviser, space, reader):
    choose(sign_in, adviser, space)
    topic = start_topic(ForumFactory(space=space), reader)
    topic.post(adviser, f"For @{reader.handle}.")
    topic.post(adviser, "And more.")

    [letter] = letters(reader)
    for part in (letter.text, letter.html):
        assert part.count(CHOSEN) == 2 and "And more." in part and f"For @{reader.name}." in part
    assert not tells(letter.subject + letter.text + letter.html)


def test_the_name_stays_hidden_when_they_leave_the_space_or_the_site(sign_in, adviser, space, reader):
    MemberFactory(city=adviser.city, role="city_focal_point")
    choose(sign_in, adviser, space)
    topic = start_topic(ForumFactory(space=space), adviser)
    room = RoomFactory(space=space)
    room.post(adviser, "Good day.")
    space.leave(adviser)
    browser = sign_in(reader)
    page = browser.get(f"/topics/{topic.id}", follow_redirects=True).text
    assert CHOSEN in page and not tells(page)

    leave(adviser)

    for address in (f"/topics/{topic.id}", f"/forums/{topic.forum.slug}", f"/chat/rooms/{room.id}"):
        page = browser.get(address, follow_redirects=True).text
        assert CHOSEN not in page and not tells(page) and "Former member" in page


@pytest.mark.parametrize("name", ["Mona Other", "Mona  other", "Мona Other", "Blue Bird", "bad\u202ename"])
def test_nobody_speaks_under_the_name_of_somebody_else(sign_in, space, name):
    MemberFactory(name="Mona Other")
    first, second = MemberFactory(), MemberFactory()
    space.admit(first).chosen_name = "Blue Bird"
    place = space.admit(second)

    assert choose(sign_in, second, space, name).status_code == 422
    assert place.chosen_name == ""


@pytest.mark.parametrize("name", ["Tamarisk", "tamarisk", "Tarnarisk", "Tamar1sk"])
def test_a_chosen_name_is_nobody_elses_own(sign_in, adviser, space, reader, name):
    choose(sign_in, adviser, space, "Tamarisk")
    before = reader.name

    refused = sign_in(reader).post("/settings", data={**GOOD, "name": name})

    assert refused.status_code == 422 and reader.name == before
    assert f'value="{name}"' in refused.text and "looks like that of another member" in refused.text
    assert sign_in(reader).post("/settings", data={**GOOD, "name": "Tamar Isaak"}).status_code == 303


def test_a_chosen_name_is_nobody_elses_in_another_space(sign_in, adviser, space, reader):
    choose(sign_in, adviser, space)
    other = SpaceFactory(confidentiality="members", allows_chosen_names=True)
    other.admit(adviser)
    other.admit(reader)

    assert choose(sign_in, reader, other).status_code == 422
    assert choose(sign_in, adviser, other).status_code == 303


def test_whoever_chose_a_name_may_take_it_for_their_own(sign_in, adviser, space):
    choose(sign_in, adviser, space, "Tamarisk")

    assert sign_in(adviser).post("/settings", data={**GOOD, "name": "Tamarisk"}).status_code == 303


def test_names_are_chosen_where_the_space_allows_it_and_by_those_in_it(sign_in, adviser, space, reader):
    strict = SpaceFactory(confidentiality="members")
    strict.admit(adviser)

    assert choose(sign_in, adviser, strict).status_code == 403
    assert choose(sign_in, reader, space).status_code == 403


def test_those_who_look_after_the_space_know_who_it_is(sign_in, adviser, space):
    leader = MemberFactory()
    space.admit(leader, "facilitator")
    choose(sign_in, adviser, space)

    assert REAL in sign_in(leader).get(f"/spaces/{space.slug}/people").text
