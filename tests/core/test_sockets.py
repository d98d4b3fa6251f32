"""The parts of the live ground that need no server."""

import struct

import pytest

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.sockets import hang_up, outbox, socketio, tell, wires
from cityexchange.core.sockets.fanout import frame
from cityexchange.core.sockets.shapes import Shape
from tests.factories import CityFactory, MemberFactory


@pytest.mark.parametrize("length", [0, 125, 126, 65535, 65536])
def test_a_frame_says_how_long_it_is(length):
    whole = frame("x" * length)
    assert whole[0] == 0x81, "a whole text frame, unmasked, not compressed"
    forms = {126: ("!H", 4), 127: ("!Q", 10)}
    form, start = forms.get(whole[1], ("!B", 2))
    told = struct.unpack(form, whole[start - struct.calcsize(form) : start])[0]
    assert told == length == len(whole) - start


def test_a_frame_counts_bytes_not_letters():
    assert frame("é")[1] == 2


def test_a_shape_is_read_from_annotations():
    def handle(room_id: int, text: str, reply_to: int | None = None): ...

    shape = Shape(handle)
    assert shape.fits(({"room_id": 1, "text": "a"},))
    assert shape.fits(({"room_id": 1, "text": "a", "reply_to": None},))
    assert not shape.fits(({"room_id": 1},))
    assert not shape.fits(({"room_id": 1, "text": "a", "more": 1},))


def test_untried_versions_keep_to_the_libraries_own_way(monkeypatch, caplog):
    monkeypatch.setattr(wires.monkey, "is_module_patched", lambda name: True)
    server = type("Engine", (), {"async_mode": "gevent", "_async": {}})()
    assert wires.equip(server) and server._async["queue"] is wires.Outgoing

    monkeypatch.setitem(wires.TRIED, "gevent", "1.0")
    untouched = type("Engine", (), {"async_mode": "gevent", "_async": {}})()
    assert not wires.equip(untouched) and untouched._async == {}
    assert "untried version of gevent" in caplog.text


def test_what_is_put_out_is_found_once_and_not_by_who_put_it():
    elsewhere, here = outbox.Collector("elsewhere"), outbox.Collector()
    hang_up(7)
    db.session.commit()
    [notice] = elsewhere.fresh()
    assert (notice.event, notice.payload["member_id"]) == ("hang_up", 7)
    assert elsewhere.fresh() == here.fresh() == []


def test_a_command_puts_out_what_it_tells_and_the_server_does_not(app, monkeypatch):
    city, reader = CityFactory(), outbox.Collector("elsewhere")
    tell(city, "city:greeted")
    assert reader.fresh() == []
    monkeypatch.setitem(app.config, "IS_COMMAND", True)
    tell(city, "city:greeted", name="Lyon")
    assert [(n.channel, n.payload) for n in reader.fresh()] == [(f"city:{city.id}", {"name": "Lyon"})]


def test_what_is_undone_is_not_put_out():
    with unit_of_work() as work:
        hang_up(7)
        work.undo()
    assert outbox.Collector("elsewhere").fresh() == []


def test_old_notices_are_removed():
    db.session.add(
        outbox.LiveNotice(event="a", payload={}, origin="x", created_at=utcnow() - 2 * outbox.KEPT)
    )
    hang_up(7)
    outbox.prune()
    assert [notice.event for notice in db.session.scalars(db.select(outbox.LiveNotice))] == ["hang_up"]


def test_a_visitor_has_no_line_and_a_member_has(app, connect, visitor):
    assert not socketio.test_client(app, flask_test_client=visitor).is_connected()
    assert connect(MemberFactory()).client.is_connected()
