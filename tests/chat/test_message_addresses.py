"""A message has an address of its own, which leads to where it stands in its room."""

import pytest

from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory


def text(response):
    return response.get_data(as_text=True)


@pytest.mark.parametrize("since", [0, 24, 25, 60], ids="{} since".format)
def test_the_address_of_a_message_leads_to_it_on_its_page(room, browser, since):
    room.post(MemberFactory(), "before")
    message = room.post(MemberFactory(), "wanted")
    for _ in range(since):
        room.post(MemberFactory(), "after")
    answer = browser.get(f"/chat/messages/{message.id}")

    assert answer.location.endswith(f"#message-{message.id}")
    page = text(browser.get(answer.location))
    assert f'id="message-{message.id}"' in page
    assert ('data-behaviour="room"' in page) == (since < 25), (
        "the page that is live, where the message stands on it"
    )


def test_the_address_of_a_message_that_was_removed_leads_to_where_it_stood(room, browser):
    message = room.post(MemberFactory(), "gone")
    message.remove()

    page = text(browser.get(browser.get(f"/chat/messages/{message.id}").location))
    assert f'id="message-{message.id}"' in page and "This message was removed." in page


def test_a_message_that_is_not_for_me_and_none_have_the_same_address(browser, visitor):
    hidden = RoomFactory(space__confidentiality="group").post(MemberFactory(), "canary")
    answers = [browser.get(f"/chat/messages/{id}") for id in (hidden.id, hidden.id + 999)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert [visitor.get(f"/chat/messages/{id}").status_code for id in (hidden.id, hidden.id + 999)] == [
        302,
        302,
    ]


def test_the_address_of_the_messages_alone_leads_to_the_room(room, browser):
    answer = browser.get(f"/chat/rooms/{room.id}/messages")
    assert (answer.status_code, answer.location) == (303, f"/chat/rooms/{room.id}")
