"""Cities of people in a room, in the languages of all who read there."""

from cityexchange.core.db import db
from tests.factories import MemberFactory


def test_who_is_heard_in_pages_of_all_languages_comes_from_a_city_with_all_its_names(
    room, author, line, connect
):
    author.city.names = {"ar": "ليون"}
    db.session.commit()
    listener = connect(MemberFactory())
    listener.say("room:enter", room_id=room.id, after=0)
    line.say("room:typing", room_id=room.id)
    line.say("message:post", room_id=room.id, text="Hello all", nonce="n1")

    heard = dict(listener.heard())
    history = listener.say("room:enter", room_id=room.id, after=0)["messages"]
    told = heard["message:posted"]["author"], heard["room:typing"]["member"], history[0]["author"]
    for one in told:
        assert (one["city"], one["city_names"]) == (author.city.name, {"ar": "ليون"})
