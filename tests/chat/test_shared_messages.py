"""Messages are rendered once and kept: each reader still finds their own buttons, and no name that is not theirs to know."""

from cityexchange.core.db import db
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory


def page(browser, room):
    return browser.get(f"/chat/rooms/{room.id}").text


def test_who_wrote_it_edits_who_facilitates_removes_and_others_do_neither(sign_in, room):
    author, other = MemberFactory(), MemberFactory()
    message = room.post(author, "one for all")
    browsers = sign_in(author), sign_in(MemberFactory(team_role="facilitator")), sign_in(other)
    edit, remove = (f'href="/chat/messages/{message.id}/{act}"' for act in ("edit", "remove"))

    for _round in range(2):
        found = [(edit in text, remove in text) for text in (page(browser, room) for browser in browsers)]
        assert found == [(True, True), (False, True), (False, False)]


def test_what_happens_to_a_message_is_seen_at_once_by_everybody(sign_in, room):
    author, browser = MemberFactory(), sign_in(MemberFactory())
    message = room.post(author, "first words")
    assert "first words" in page(browser, room)
    assert "data-given" not in page(browser, room)

    message.edit("second words")
    message.react(author, "💡")
    assert "second words" in page(browser, room)
    assert "first words" not in page(browser, room)
    assert "data-given><span>💡</span> <b>1</b>" in page(browser, room)

    message.remove()
    assert "second words" not in page(browser, room)
    assert "This message was removed." in page(browser, room)


def test_times_stand_in_the_zone_and_words_in_the_language_of_each_reader(sign_in, room):
    room.post(MemberFactory(), "bonjour à tous")
    told = set()
    for locale, zone in (("en", "Asia/Tokyo"), ("en", "America/Bogota"), ("fr", "Asia/Tokyo")):
        text = page(sign_in(MemberFactory(locale=locale, timezone=zone)), room)
        told.add(text.split('<time data-part="time" datetime=')[1].split("</time>")[0])

    assert len(told) == 3


def test_a_name_shown_in_one_room_is_not_shown_where_names_are_hidden(sign_in):
    author, reader = MemberFactory(name="Ander"), MemberFactory()
    open_room, hidden = RoomFactory(), RoomFactory(space__confidentiality="chatham")
    for member in (author, reader):
        hidden.space.admit(member)
    said = [room.post(author, "said freely") for room in (open_room, hidden)]
    browser = sign_in(reader)

    assert "Ander" in page(browser, open_room)
    assert "Ander" not in page(browser, hidden)
    assert f'href="/chat/messages/{said[1].id}/edit"' in page(sign_in(author), hidden)


def test_what_somebody_said_who_is_gone_belongs_to_nobody(sign_in, room):
    author, reader = MemberFactory(name="Ander"), MemberFactory()
    message = room.post(author, "I leave")
    message.author = None
    db.session.flush()

    text = page(sign_in(reader), room)

    assert "A participant" in text
    assert "message--own" not in text.split("<template", 1)[0]


def test_pages_of_all_languages_hear_all_names_of_the_city_that_somebody_speaks_from(room, connect):
    author = MemberFactory()
    author.city.names = {"ar": "ليون"}
    db.session.commit()
    line, listener = connect(author), connect(MemberFactory())
    for one in (line, listener):
        one.say("room:enter", room_id=room.id, after=0)
    line.say("room:typing", room_id=room.id)
    line.say("message:post", room_id=room.id, text="Hello all", nonce="n1")

    heard = dict(listener.heard())
    history = listener.say("room:enter", room_id=room.id, after=0)["messages"]
    told = heard["message:posted"]["author"], heard["room:typing"]["member"], history[0]["author"]
    for one in told:
        assert (one["city"], one["city_names"]) == (author.city.name, {"ar": "ليون"})
