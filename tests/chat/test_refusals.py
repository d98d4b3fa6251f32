"""What is written in a room and not taken: its writer hears why, and keeps the words."""

from cityexchange.chat.limits import MESSAGES
from cityexchange.chat.models import Message
from cityexchange.core.db import db
from cityexchange.core.limits.stores import PROCESS


def text(response):
    return response.get_data(as_text=True)


def test_who_wrote_while_the_room_was_closed_hears_of_that_and_keeps_the_words(room, member, browser):
    message = room.post(member, "first")
    room.archive()
    for path in (f"/chat/rooms/{room.id}/messages", f"/chat/messages/{message.id}/edit"):
        answer = browser.post(path, data={"text": "Hello"}, headers={"Origin": "http://localhost"})
        assert answer.status_code == 403
        assert "This room was closed meanwhile" in text(answer) and ">\nHello</textarea>" in text(answer)
        assert f'href="/chat/rooms/{room.id}"' in text(answer) and "Your role" not in text(answer)


def test_who_wrote_while_the_space_was_archived_hears_that_the_room_is_closed(room, browser):
    room.space.archive()
    answer = browser.post(f"/chat/rooms/{room.id}/messages", data={"text": "Hello"})

    assert answer.status_code == 403 and "This room was closed meanwhile" in text(answer)


def test_messages_by_line_and_by_form_count_together(room, member, browser, connect, monkeypatch):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)  # all in one moment, however long it takes
    for _ in range(MESSAGES.most - 1):
        MESSAGES.spend(member.id)
    assert connect(member).say("message:post", room_id=room.id, text="the last", nonce="n1")["ok"]
    late = browser.post(f"/chat/rooms/{room.id}/messages", data={"text": "one more"})
    assert late.status_code == 429 and 1 <= int(late.headers["Retry-After"]) <= MESSAGES.seconds
    assert db.session.scalar(db.select(Message.text)) == "the last"
