"""The limits are asked first, then the shape, then the database: a line that sends as fast as it can keeps nobody waiting there."""

import pytest

from cityexchange.chat.limits import TYPING
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.sockets.limits import EVENTS
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory

OUT_OF_SHAPE = {
    "no number": {"room_id": "x"},
    "an argument too many": {"room_id": 1, "more": 1},
    "a number beyond any row": {"room_id": 2**40},
    "nothing": {},
}


@pytest.fixture
def room():
    return RoomFactory(space=SpaceFactory(confidentiality="members"))


@pytest.fixture
def line(connect, monkeypatch):
    monkeypatch.setattr(PROCESS, "clock", lambda: 0.0)  # all in one moment, however long it takes
    return connect(MemberFactory())


def answered(line, count_queries, event, payload):
    """The status of the answer, and what the database was asked for it."""
    line.say(event, **payload)  # the first refusal of a kind leaves its row
    with count_queries() as statements:
        answer = line.client.emit(event, payload, callback=True)
    return answer.get("status", 200), statements


@pytest.mark.parametrize("name", OUT_OF_SHAPE)
@pytest.mark.parametrize("event", ["room:enter", "room:typing", "message:post"])
def test_what_is_out_of_shape_asks_the_database_nothing(line, count_queries, event, name):
    assert answered(line, count_queries, event, OUT_OF_SHAPE[name]) == (400, [])


@pytest.mark.parametrize(
    ("event", "times"),
    [("room:typing", TYPING.most), ("room:enter", EVENTS.most)],
    ids=["its kind", "all kinds"],
)
def test_what_is_too_much_asks_the_database_nothing(line, room, count_queries, event, times):
    for _ in range(times):
        line.client.emit(event, {"room_id": room.id} if event == "room:typing" else {}, callback=True)

    assert answered(line, count_queries, "room:typing", {"room_id": room.id}) == (429, [])


def test_what_is_in_order_does_ask_it(line, room, count_queries):
    status, statements = answered(line, count_queries, "room:typing", {"room_id": room.id})
    assert status == 200 and statements
