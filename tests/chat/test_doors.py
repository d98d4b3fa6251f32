"""A form, a program and a live line are three doors to one room: what goes in is held to the same rules, what comes out is the same."""

import pytest

from cityexchange.chat.limits import MESSAGES, READINGS
from cityexchange.chat.models import LONGEST_NONCE, LONGEST_TEXT, Message
from cityexchange.chat.policy import RoomPolicy
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.sockets.limits import EVENTS
from cityexchange.languages.models import translate
from tests.chat.factories import RoomFactory, place_of
from tests.factories import MemberFactory

DOORS = ["form", "program", "line"]
AS_JSON = {"Accept": "application/json"}


@pytest.fixture
def author():
    return MemberFactory(name="Claire Vasseur")


@pytest.fixture
def through(sign_in, connect, author, room):
    """through(door, act, ...): the status that the author hears."""
    browser, line = sign_in(author), connect(author)
    address = {"post": f"/chat/rooms/{room.id}/messages", "read": f"/chat/rooms/{room.id}/read"}
    events = {"remove": "message:delete", "read": "room:read"}

    def through(door, act, id=None, **payload):
        if door == "line":
            which = {"id": id} if id else {"room_id": room.id}
            return line.say(events.get(act, f"message:{act}"), **which, **payload).get("status", 200)
        place = address.get(act, f"/chat/messages/{id}/{act}")
        return browser.post(place, data=payload, headers=AS_JSON if door == "program" else {}).status_code

    return through


def count():
    return db.session.scalar(db.select(db.func.count()).select_from(Message))


@pytest.mark.parametrize("door", DOORS)
def test_each_door_takes_a_message(through, door):
    assert through(door, "post", text="Hello", nonce="n1") in (200, 303)
    assert through(door, "post", text="Hello", nonce="n1") in (200, 303)
    assert count() == 1


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "payload",
    [
        {"text": ""},
        {"text": " \n "},
        {"text": "\u200b\u3164\u2800"},
        {"text": "&nbsp;"},
        {"text": "[](https://x.example)"},
        {"text": "x" * (LONGEST_TEXT + 1)},
        {"text": "Hello", "nonce": "n" * (LONGEST_NONCE + 1)},
    ],
    ids=[
        "nothing",
        "space",
        "what nobody sees",
        "a named blank",
        "a link without words",
        "a book",
        "a nonce that no row holds",
    ],
)
def test_each_door_refuses_the_same(through, door, payload):
    assert through(door, "post", **({"nonce": "n1"} | payload)) == 422
    assert count() == 0


@pytest.mark.parametrize("door", DOORS)
def test_at_each_door_the_answered_message_is_one_of_the_room(through, room, author, door):
    first, elsewhere = room.post(author, "question"), RoomFactory().post(author, "elsewhere")
    assert through(door, "post", text="answer", nonce="n1", reply_to=elsewhere.id) == 404
    assert through(door, "post", text="answer", nonce="n1", reply_to=first.id) in (200, 303)
    newest = db.session.scalars(db.select(Message).order_by(Message.id.desc())).first()
    assert newest.reply_to_id == first.id


@pytest.mark.parametrize("door", ["form", "line"])
def test_each_door_refuses_other_words_of_the_same_kinds(through, room, author, door):
    message = room.post(author, "mine")
    assert [through(door, "edit", message.id, text=text) for text in ("", "x" * (LONGEST_TEXT + 1))] == [
        422
    ] * 2
    assert through(door, "react", message.id, emoji="x") == 422
    assert through(door, "edit", message.id, text="mine still") in (200, 303)
    assert through(door, "react", message.id, emoji="👍") in (200, 303)
    assert "mine still" in message.html and message.reaction_counts == {"👍": 1}
    assert through(door, "remove", message.id) in (200, 303)
    assert message.is_removed and through(door, "react", message.id, emoji="👍") == 403


@pytest.mark.parametrize("door", DOORS)
def test_at_each_door_a_closed_room_and_a_stranger_s_message_are_refused(through, room, author, door):
    theirs = room.post(MemberFactory(), "theirs")
    db.session.flush()
    if door != "program":
        assert through(door, "edit", theirs.id, text="mine") == through(door, "remove", theirs.id) == 403
    room.archive()
    assert through(door, "post", text="Hello", nonce="n1") == 403
    assert count() == 1 and "theirs" in theirs.html
    verbs = db.session.scalars(db.select(AuditEntry.verb).filter_by(outcome="refused")).all()
    assert verbs == (["edit", "remove", "post"] if door != "program" else ["post"])


def test_what_goes_through_all_doors_is_counted_together(through, room, author, monkeypatch):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)  # all in one moment, however long it takes
    for _ in range(MESSAGES.most - 4):
        MESSAGES.spend(author.id)
    assert [through(door, "post", text="Hello", nonce=door) for door in DOORS] == [303, 200, 200]
    message = db.session.scalars(db.select(Message)).first()
    assert through("line", "post", text="", nonce="n") == 422, (
        "what is refused for other reasons does not count"
    )
    assert through("form", "react", message.id, emoji="👍") == 303

    assert [through(door, "post", text="Hello", nonce=f"{door}-2") for door in DOORS] == [429] * 3
    assert through("line", "edit", message.id, text="Haste") == 429
    assert count() == 3


@pytest.mark.parametrize("door", ["form", "line"])
def test_reading_asks_the_policy_at_each_door(through, room, author, door, monkeypatch):
    room.post(MemberFactory(), "hello")
    payload = {"number": 1} if door == "line" else {}
    monkeypatch.setattr(RoomPolicy, "read", lambda self: False)
    assert through(door, "read", **payload) == 403
    monkeypatch.undo()
    assert through(door, "read", **payload) in (200, 303)
    assert place_of(author, room).last_read == 1


@pytest.mark.parametrize("door", DOORS)
def test_at_each_door_who_writes_has_read_up_to_there(through, room, author, door):
    room.post(MemberFactory(), "hello")
    assert through(door, "post", text="Hello", nonce="n1") in (200, 303)
    assert place_of(author, room).last_read == 2

    room.post(MemberFactory(), "and you?")
    assert through(door, "post", text="Hello", nonce="n1") in (200, 303), "the same again"
    assert place_of(author, room).last_read == 2


@pytest.mark.parametrize("door", ["form", "line"])
def test_each_door_takes_the_language_and_refuses_one_that_nobody_writes(through, room, author, door):
    message = room.post(author, "Merci")
    assert through(door, "edit", message.id, text="Merci", language="xx-nowhere") == 422
    assert through(door, "edit", message.id, text="شكراً", language="ar") in (200, 303)
    assert (message.language, message.is_language_stated) == ("ar", True)
    assert through(door, "edit", message.id, text="Merci à toutes et à tous", language="") in (200, 303)
    assert message.language == "ar", "once stated it stays"


ACTS = {
    "post": (MESSAGES, {"text": "Hello", "nonce": "new"}),
    "edit": (MESSAGES, {"text": "Else"}),
    "react": (MESSAGES, {"emoji": "👍"}),
    "remove": (MESSAGES, {}),
    "read": (READINGS, {}),
}


@pytest.mark.parametrize("door", ["form", "line"])
@pytest.mark.parametrize("act", ACTS)
def test_each_door_holds_the_limit_of_each_act(through, room, author, monkeypatch, act, door):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)  # all in one moment, however long it takes
    (limit, payload), message = ACTS[act], room.post(author, "mine")
    if act not in ("post", "read"):
        payload = payload | {"id": message.id}
    elif (act, door) == ("read", "line"):
        payload = payload | {"number": 1}
    for _ in range(limit.most):
        limit.spend(author.id)

    assert through(door, act, **payload) == 429
    assert not message.is_removed and "mine" in message.html and place_of(author, room) is None
    limit.forget(author.id)
    assert through(door, act, **payload) in (200, 303)


REFUSED = [
    ("edit", 422, {"text": ""}),
    ("edit", 422, {"text": "**\u200b**"}),
    ("edit", 403, {"text": "yours"}),
    ("react", 422, {"emoji": "x"}),
    ("remove", 403, {}),
    ("post", 422, {"text": "", "nonce": "n"}),
]


@pytest.mark.parametrize("door", ["form", "line"])
@pytest.mark.parametrize(("act", "status", "payload"), REFUSED)
def test_at_no_door_counts_what_is_refused(through, room, author, monkeypatch, door, act, status, payload):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)
    mine, theirs = room.post(author, "mine"), room.post(MemberFactory(), "theirs")
    if act != "post":
        payload = payload | {"id": theirs.id if status == 403 else mine.id}
    assert {through(door, act, **payload) for _ in range(MESSAGES.most + 1)} == {status}
    assert through(door, "post", text="Hello", nonce="n1") in (200, 303)


def test_a_line_that_sends_nonsense_is_stopped_and_leaves_a_row_not_a_flood(through, author, monkeypatch):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)
    assert {through("line", "post", nonsense=n) for n in range(MESSAGES.most + 1)} == {400}
    assert through("line", "post", text="Hello", nonce="n1") == 200
    for _ in range(EVENTS.most):
        EVENTS._count(author.id)
    assert through("line", "post", text="Hello", nonce="n2") == 429
    assert through("line", "read", number=1) == 429

    rows = db.session.scalars(db.select(AuditEntry.status).filter_by(outcome="refused")).all()
    assert sorted(rows) == [400, 429, 429]


@pytest.mark.parametrize("confidentiality", ["members", "chatham"])
def test_a_frame_a_history_and_the_page_tell_the_same(sign_in, connect, author, confidentiality):
    room, reader = RoomFactory(space__confidentiality=confidentiality), MemberFactory()
    room.space.admit(author), room.space.admit(reader)
    line, witness, browser = connect(author), connect(reader), sign_in(reader)
    witness.say("room:enter", room_id=room.id)
    witness.heard()

    def told():
        address = f"/chat/rooms/{room.id}/messages?after=0"
        answers = witness.say("room:enter", room_id=room.id), browser.get(address, headers=AS_JSON).json
        assert answers[0]["messages"] == answers[1]["messages"]
        return answers[0]["messages"][0]

    id = line.say("message:post", room_id=room.id, text="Said **once**", nonce="n1")["id"]
    frame = dict(witness.heard())["message:posted"]
    assert told() == frame
    witness.heard()
    page = browser.get(f"/chat/rooms/{room.id}").text
    assert frame["html"] in page and f'datetime="{frame["posted_at"]}"' in page
    assert (f">{author.name}<" in page) == (frame["author"]["name"] == author.name)

    line.say("message:edit", id=id, text="Said **twice**")
    line.say("message:react", id=id, emoji="👍")
    *_, (_, change) = witness.heard()
    assert change.items() <= told().items() and change["reactions"] == {"👍": 1}
    assert change["html"] in browser.get(f"/chat/rooms/{room.id}").text


def test_a_history_tells_the_words_as_they_were_said(sign_in, room, author):
    """A page shows a translation beside them; a program gets the original."""
    message = room.post(author, "Bonjour à toutes et à tous, comment allez-vous ?")
    translate(message, "text", "en", "Hello everybody, how are you?")
    browser, address = sign_in(MemberFactory(locale="en")), f"/chat/rooms/{room.id}"

    assert "how are you" in browser.get(address).text
    [told] = browser.get(f"{address}/messages", headers=AS_JSON).json["messages"]
    assert "comment allez-vous" in told["html"] and "how are you" not in str(told)
