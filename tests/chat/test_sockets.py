import pytest

from cityexchange.chat.models import LONGEST_TEXT, Message
from cityexchange.cities.paving import parts_of
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.sockets import socketio
from tests.chat.factories import RoomFactory, place_of
from tests.factories import MemberFactory

SHAPE = {"room_id", "id", "number", "nonce", "author", "sign", "html", "language", "posted_at", "reply_to"}


def messages():
    return db.session.scalar(db.select(db.func.count()).select_from(Message))


def test_whoever_is_in_the_room_hears_a_message_in_the_agreed_shape(room, author, line, connect):
    listener = connect(MemberFactory())
    listener.say("room:enter", room_id=room.id, after=0)
    listener.heard()

    answer = line.say("message:post", room_id=room.id, text="Hello **all**", nonce="n1")

    message = db.session.scalars(db.select(Message)).one()
    assert answer == {"ok": True, "id": message.id, "number": 1}
    [(event, payload)] = listener.heard()
    assert event == "message:posted" and payload.keys() == SHAPE
    assert payload["author"] == {"id": author.id, "name": "Claire Vasseur", "city": author.city.name}
    glaze, motif = parts_of(author.city.paving)
    assert payload["sign"] == {"initials": "CV", "colour": glaze, "motif": motif}
    assert (payload["room_id"], payload["number"], payload["nonce"]) == (room.id, 1, "n1")
    assert "<strong>all</strong>" in payload["html"]


def test_who_has_not_entered_hears_nothing(room, line, connect):
    listener = connect(MemberFactory())
    line.say("message:post", room_id=room.id, text="Hello", nonce="n1")
    assert line.heard() and not listener.heard()


def test_who_has_left_hears_no_more(room, line, connect):
    listener = connect(MemberFactory())
    listener.say("room:enter", room_id=room.id, after=0)
    listener.say("room:leave", room_id=room.id)
    listener.heard()
    line.say("message:post", room_id=room.id, text="Hello", nonce="n1")
    assert not [event for event, _ in listener.heard() if event == "message:posted"]


def test_the_same_nonce_again_gives_the_same_answer(room, line):
    first = line.say("message:post", room_id=room.id, text="Hello", nonce="n1")
    line.heard()
    assert line.say("message:post", room_id=room.id, text="Hello", nonce="n1") == first
    assert messages() == 1 and not line.heard()


def test_entering_answers_what_was_missed(room, author, line):
    for n in range(205):
        room.post(author, f"message {n}")

    answer = line.say("room:enter", room_id=room.id, after=3)
    assert [m["number"] for m in answer["messages"]] == list(range(4, 204))
    assert (answer["newest"], answer["more"]) == (205, True)
    assert answer["messages"][0].keys() == SHAPE

    rest = line.say("room:enter", room_id=room.id, after=203)
    assert [m["number"] for m in rest["messages"]] == [204, 205] and not rest["more"]
    assert "oldest" not in rest


def test_entering_a_room_that_was_cut_says_where_it_begins(room, line):
    room.newest, room.oldest = 50, 41
    assert line.say("room:enter", room_id=room.id, after=0)["oldest"] == 41


def test_a_room_that_is_not_for_me_is_not_there(connect, author):
    room = RoomFactory(space__confidentiality="group")
    room.space.admit(author)
    outsider = connect(MemberFactory())
    for event, rest in (
        ("room:enter", {"after": 0}),
        ("message:post", {"text": "a", "nonce": "n"}),
        ("room:typing", {}),
    ):
        there = outsider.say(event, room_id=room.id, **rest)
        assert there == outsider.say(event, room_id=room.id + 1000, **rest) == {"ok": False, "status": 404}
    connect(author).say("message:post", room_id=room.id, text="secret", nonce="n1")
    assert outsider.heard() == []


def test_a_closed_room_refuses_politely_and_leaves_a_row(room, author, line):
    room.archive()
    answer = line.say("message:post", room_id=room.id, text="Hello", nonce="n1")
    assert answer == {"ok": False, "status": 403} and messages() == 0
    [entry] = db.session.scalars(db.select(AuditEntry).filter_by(outcome="refused"))
    assert (entry.verb, entry.actor_id, entry.record_id, entry.status) == ("post", author.id, room.id, 403)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_TEXT + 1)])
def test_nothing_and_a_book_are_refused(room, line, text):
    assert line.say("message:post", room_id=room.id, text=text, nonce="n1")["status"] == 422
    assert messages() == 0 and room.newest == 0


STRANGE = [
    {},
    {"room_id": "1", "text": "a", "nonce": "n"},
    {"room_id": True, "text": "a", "nonce": "n"},
    {"room_id": -1, "text": "a", "nonce": "n"},
    {"room_id": 1.5, "text": "a", "nonce": "n"},
    {"room_id": None, "text": "a", "nonce": "n"},
    {"room_id": [1], "text": "a", "nonce": "n"},
    {"room_id": 1, "text": {"a": 1}, "nonce": "n"},
    {"room_id": 1, "text": "a\0b", "nonce": "n"},
    {"room_id": 1, "text": "a", "nonce": None},
    {"room_id": 1, "text": "a", "nonce": "n", "author_id": 7},
    {"room_id": 1, "text": "a", "nonce": "n", "number": 99},
]


@pytest.mark.parametrize("payload", STRANGE, ids=str)
def test_a_payload_of_another_shape_is_refused(line, payload):
    assert line.say("message:post", **payload) == {"ok": False, "status": 400}
    assert messages() == 0


@pytest.mark.parametrize(
    "payload",
    [
        r'{"room_id": 18446744073709551616, "text": "a", "nonce": "n"}',
        r'{"room_id": 1, "text": "half \ud800 a character", "nonce": "n"}',
        r'{"room_id": NaN, "text": "a", "nonce": "n"}',
        r'{"room_id": 1e400, "text": "a", "nonce": "n"}',
    ],
)
def test_what_only_a_rude_client_writes_is_refused(line, payload):
    socketio.server._handle_eio_message(line.client.eio_sid, f'27["message:post",{payload}]')
    assert line.client.acks["args"] == [{"ok": False, "status": 400}]
    assert messages() == 0


@pytest.mark.parametrize("payload", [(), (None,), (["a"],), ("text",), (7,), ({}, {})], ids=repr)
def test_a_payload_that_is_no_single_dictionary_is_refused(line, payload):
    assert line.client.emit("room:enter", *payload, callback=True) == {"ok": False, "status": 400}


def test_who_meets_the_rate_limit_is_told_how_long_to_wait(room, line, monkeypatch):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)  # all in one moment, however long it takes
    answers = [line.say("room:typing", room_id=room.id) for _ in range(25)]
    assert answers[0] == {"ok": True}
    assert answers[-1]["status"] == 429 and 1 <= answers[-1]["retry_after"] <= 10
    rows = db.select(db.func.count()).select_from(AuditEntry).filter_by(status=429)
    assert db.session.scalar(rows) == 1, "a flood of refusals must not become a flood of rows"


def test_after_signing_out_the_line_answers_nothing(room, author, line):
    author.sign_out_everywhere()
    db.session.commit()
    assert not line.say("message:post", room_id=room.id, text="still me", nonce="n1")
    assert messages() == 0 and not line.client.is_connected()


def test_a_suspended_member_is_hung_up_at_once(author, line):
    with unit_of_work():
        author.suspend()
    assert not line.client.is_connected()


def test_who_leaves_the_space_is_hung_up(connect):
    room, member = RoomFactory(space__confidentiality="group"), MemberFactory()
    room.space.admit(member)
    line = connect(member)
    assert line.say("room:enter", room_id=room.id, after=0)["ok"]
    with unit_of_work():
        room.space.leave(member)
    assert not line.client.is_connected()
    assert connect(member).say("room:enter", room_id=room.id, after=0)["status"] == 404


def test_editing_and_removing_tell_the_new_and_never_the_old(room, line):
    id = line.say("message:post", room_id=room.id, text="old words", nonce="n1")["id"]
    line.heard()

    assert line.say("message:edit", id=id, text="new words") == {"ok": True}
    [(event, payload)] = line.heard()
    assert event == "message:changed" and "new words" in payload["html"] and payload["edited_at"]
    assert "old words" not in str(payload)

    assert line.say("message:delete", id=id) == {"ok": True}
    [(event, payload)] = line.heard()
    assert (event, payload) == ("message:removed", {"room_id": room.id, "id": id, "number": 1})
    [kept] = line.say("room:enter", room_id=room.id, after=0)["messages"]
    assert kept["removed_at"] and kept["html"] == "" and kept["nonce"] is None


def test_others_may_not_edit_or_remove(room, line, connect):
    id = line.say("message:post", room_id=room.id, text="mine", nonce="n1")["id"]
    other = connect(MemberFactory())
    assert other.say("message:edit", id=id, text="yours") == {"ok": False, "status": 403}
    assert other.say("message:delete", id=id) == {"ok": False, "status": 403}
    assert "mine" in db.session.get(Message, id).html


def test_a_reaction_is_told_as_a_number(room, line):
    id = line.say("message:post", room_id=room.id, text="good news", nonce="n1")["id"]
    line.heard()
    assert line.say("message:react", id=id, emoji="👍") == {"ok": True}
    [(event, payload)] = line.heard()
    assert event == "message:changed" and payload["reactions"] == {"👍": 1}
    assert line.say("message:react", id=id, emoji="x")["status"] == 422


def test_a_reply_names_a_message_of_the_same_room(room, author, line):
    first = room.post(author, "question")
    elsewhere = RoomFactory().post(author, "elsewhere")
    line.say("message:post", room_id=room.id, text="answer", nonce="n1", reply_to=first.id)
    assert line.heard()[-1][1]["reply_to"] == first.id
    refused = line.say("message:post", room_id=room.id, text="answer", nonce="n2", reply_to=elsewhere.id)
    assert refused["status"] == 404


def test_under_the_chatham_house_rule_nobody_is_named(connect):
    room = RoomFactory(space__confidentiality="chatham")
    author, listener = MemberFactory(name="Ander"), MemberFactory()
    room.space.admit(author), room.space.admit(listener)
    mine, theirs = connect(author), connect(listener)
    for line in (theirs, mine):
        line.say("room:enter", room_id=room.id, after=0)
    mine.say("room:typing", room_id=room.id)
    mine.say("message:post", room_id=room.id, text="freely", nonce="n1")

    heard = theirs.heard() + [("history", theirs.say("room:enter", room_id=room.id, after=0))]
    assert "freely" in str(heard)
    assert "Ander" not in str(heard) and author.city.name not in str(heard)
    assert dict(heard)["message:posted"]["author"] == {"id": 0, "name": None, "city": None}


def test_reading_is_noted_up_to_what_there_is(room, author, line):
    room.post(author, "hello")
    assert line.say("room:read", room_id=room.id, number=1_000_000) == {"ok": True}
    assert place_of(author, room).last_read == 1


def test_who_is_here_is_told_to_those_who_are(room, author, line, connect):
    other = MemberFactory()
    newcomer = connect(other)
    newcomer.say("room:enter", room_id=room.id, after=0)

    for told in (line.heard(), newcomer.heard()):
        payload = dict(told)["room:presence"]
        assert payload["count"] == 2 and {p["id"] for p in payload["people"]} == {author.id, other.id}
    newcomer.client.disconnect()
    assert dict(line.heard())["room:presence"]["count"] == 1


def test_a_saved_message_costs_few_queries(room, line, count_queries):
    id = room.id
    line.say("message:post", room_id=id, text="warm", nonce="n0")
    with count_queries() as statements:
        line.say("message:post", room_id=id, text="Hello", nonce="n1")
    own = [s for s in statements if not s.startswith(("BEGIN", "SAVEPOINT"))]
    # Who speaks, where, the number, the words, who is told of them, that their author has read so far, and no news of that any more.
    assert len(own) == 7, own


def test_a_language_that_was_corrected_stays_when_a_line_edits_the_message(room, author, line):
    id = line.say("message:post", room_id=room.id, text="Merci", nonce="n1")["id"]
    message = db.session.get(Message, id)
    message.edit("Merci", "fr")
    db.session.commit()
    line.heard()

    assert line.say("message:edit", id=id, text="Merci bien") == {"ok": True}
    [(event, payload)] = line.heard()
    assert (event, payload["language"]) == ("message:changed", "fr")
    assert payload.keys() == {"room_id", "id", "number", "html", "language", "edited_at", "reactions"}
