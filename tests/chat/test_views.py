import re

import pytest

from cityexchange.chat.models import Message, Room
from cityexchange.core.db import db
from cityexchange.languages.models import translate
from tests.chat.factories import RoomFactory, place_of
from tests.factories import MemberFactory, SpaceFactory


def text(response):
    return response.get_data(as_text=True)


def test_the_rooms_page_lists_my_rooms_by_space_with_what_is_unread(room, member, browser):
    hidden = RoomFactory(space__confidentiality="group", name="Hidden")
    for _ in range(3):
        room.post(MemberFactory(), "hello")
    room.read(member, 1)

    page = text(browser.get("/chat"))
    assert room.name in page and room.space.name in page and "2 unread messages" in page
    assert hidden.name not in page


@pytest.mark.parametrize(
    ("read", "removed", "unread"),
    [(1, [2], 1), (1, [2, 3], 0), (1, [1], 2), (0, [1, 3], 1), (3, [2], 0), (2, [3], 0)],
    ids=["one of two", "all", "what was read", "around one that stands", "all was read", "the newest alone"],
)
def test_what_was_removed_is_no_news_of_a_room(room, member, browser, read, removed, unread):
    messages = {one.number: one for one in [room.post(MemberFactory(), "hello") for _ in range(3)]}
    other = RoomFactory(space=room.space, name="Beside")
    other.post(MemberFactory(), "hello").remove()
    room.read(member, read)
    for number in removed:
        messages[number].remove()

    page = text(browser.get("/chat"))
    told = re.search(r"(\d+) unread messages?", page)
    assert int(told[1] if told else 0) == unread
    assert (room.name in text(browser.get("/"))) == bool(unread)


def test_the_rooms_page_says_what_to_do_when_there_is_none(browser):
    assert "There is no room for you yet" in text(browser.get("/chat"))


def test_visitors_are_sent_to_sign_in(visitor):
    room = RoomFactory(space__confidentiality="public")
    assert visitor.get(f"/chat/rooms/{room.id}").status_code == 302
    assert visitor.post(f"/chat/rooms/{room.id}/messages", data={"text": "hi"}).status_code == 401


def test_a_room_that_is_not_for_me_and_no_room_look_the_same(browser):
    room = RoomFactory(space__confidentiality="group")
    room.post(MemberFactory(), "canary")
    for path in ("", "/messages"):
        answers = [browser.get(f"/chat/rooms/{id}{path}") for id in (room.id, room.id + 999)]
        assert [a.status_code for a in answers] == [404, 404]
        assert "canary" not in text(answers[0])


def test_the_page_shows_the_last_messages_and_leads_to_the_earlier_ones(room, browser):
    author = MemberFactory()
    for n in range(1, 61):
        room.post(author, f"message-{n}-")

    page = text(browser.get(f"/chat/rooms/{room.id}"))
    assert "message-60-" in page and "message-11-" in page and "message-10-" not in page
    assert f"/chat/rooms/{room.id}?before=11" in page

    earlier = text(browser.get(f"/chat/rooms/{room.id}?before=11"))
    assert "message-10-" in earlier and "message-1-" in earlier and "message-11-" not in earlier
    assert 'data-behaviour="room"' not in earlier


@pytest.mark.parametrize(
    "before", ["1", "abc", "", "-1", "1.5", "1e3", "٣x", "1 ", "99999999999", "2147483648", "%00", "null"]
)
def test_before_what_was_never_said_there_is_no_page(room, browser, before):
    """A page of no messages that hears of none would look like a room where nothing happens."""
    room.post(MemberFactory(), "message-1-")
    room.post(MemberFactory(), "message-2-")

    page = browser.get(f"/chat/rooms/{room.id}?before={before}")
    assert page.status_code == 404 and "There is no such page for you" in text(page)
    assert "message-1-" in text(browser.get(f"/chat/rooms/{room.id}?before=2"))
    for now in ("0", "3", "999"):
        assert 'data-behaviour="room"' in text(browser.get(f"/chat/rooms/{room.id}?before={now}"))


def test_texts_carry_their_language_and_direction(room, browser):
    room.post(MemberFactory(), "Bonjour à toutes et à tous, comment allez-vous aujourd'hui ?")
    assert 'lang="fr" dir="auto"' in text(browser.get(f"/chat/rooms/{room.id}"))


def test_posting_without_javascript_leads_back_to_the_message(room, browser):
    answer = browser.post(f"/chat/rooms/{room.id}/messages", data={"text": "Hello", "nonce": "n1"})
    message = db.session.scalars(db.select(Message)).one()
    assert answer.status_code == 303
    assert answer.location == f"/chat/rooms/{room.id}#message-{message.id}"


def test_pressing_twice_posts_once(room, browser):
    for _ in range(2):
        assert (
            browser.post(f"/chat/rooms/{room.id}/messages", data={"text": "Hello", "nonce": "n1"}).status_code
            == 303
        )
    assert db.session.scalar(db.select(db.func.count()).select_from(Message)) == 1


def test_a_text_that_is_too_long_is_kept_in_the_form(room, browser):
    answer = browser.post(f"/chat/rooms/{room.id}/messages", data={"text": "long " * 1000, "nonce": "n1"})
    assert answer.status_code == 422 and "long long" in text(answer)
    assert room.newest == 0


def test_a_closed_room_takes_no_post(room, browser):
    room.archive()
    assert browser.post(f"/chat/rooms/{room.id}/messages", data={"text": "Hello"}).status_code == 403
    assert "closed to new messages" in text(browser.get(f"/chat/rooms/{room.id}"))


def test_programs_read_and_post_the_same_messages_as_json(room, browser):
    as_json = {"Accept": "application/json"}
    posted = browser.post(
        f"/chat/rooms/{room.id}/messages", data={"text": "Hello", "nonce": "n1"}, headers=as_json
    )
    assert posted.json == {"ok": True, "id": posted.json["id"], "number": 1}

    news = browser.get(f"/chat/rooms/{room.id}/messages?after=0", headers=as_json).json
    assert (news["newest"], news["more"]) == (1, False)
    assert news["messages"][0]["nonce"] == "n1" and "<p" in news["messages"][0]["html"]
    assert browser.get(f"/chat/rooms/{room.id}/messages?after=1", headers=as_json).json["messages"] == []


def test_pages_fetch_the_news_as_a_fragment(room, browser):
    author = MemberFactory()
    room.post(author, "first-words"), room.post(author, "second-words")
    fragment = text(browser.get(f"/chat/rooms/{room.id}/messages?after=1"))
    assert "second-words" in fragment and "first-words" not in fragment and "<html" not in fragment


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "99999999999999999999"])
def test_a_number_that_is_none_is_no_page(room, browser, after):
    assert browser.get(f"/chat/rooms/{room.id}/messages?after={after}").status_code == 404


def test_a_name_is_not_shown_under_the_chatham_house_rule(sign_in):
    room, author, reader = (
        RoomFactory(space__confidentiality="chatham"),
        MemberFactory(name="Ander"),
        MemberFactory(),
    )
    room.space.admit(author), room.space.admit(reader)
    room.post(author, "said freely")
    browser = sign_in(reader)
    for path in (f"/chat/rooms/{room.id}", f"/chat/rooms/{room.id}/messages?after=0"):
        page = text(browser.get(path))
        assert "said freely" in page and "A participant" in page
        assert "Ander" not in page and author.city.name not in page


def test_editing_and_removing_my_message(room, member, browser):
    message = room.post(member, "old words")
    assert "old words" in text(browser.get(f"/chat/messages/{message.id}/edit"))
    assert browser.post(f"/chat/messages/{message.id}/edit", data={"text": ""}).status_code == 422
    assert browser.post(f"/chat/messages/{message.id}/edit", data={"text": "new words"}).status_code == 303
    assert "new words" in message.html

    assert browser.get(f"/chat/messages/{message.id}/remove").status_code == 200
    assert browser.post(f"/chat/messages/{message.id}/remove").status_code == 303
    page = text(browser.get(f"/chat/rooms/{room.id}"))
    assert "This message was removed." in page and "new words" not in page


def test_a_message_of_somebody_else_is_not_mine_to_change(room, browser):
    message = room.post(MemberFactory(), "theirs")
    for act in ("edit", "remove"):
        assert browser.get(f"/chat/messages/{message.id}/{act}").status_code == 403
        assert browser.post(f"/chat/messages/{message.id}/{act}", data={"text": "mine"}).status_code == 403
    assert "theirs" in message.html


def test_reacting_without_javascript(room, browser):
    message = room.post(MemberFactory(), "good news")
    assert browser.post(f"/chat/messages/{message.id}/react", data={"emoji": "👍"}).status_code == 303
    assert message.reaction_counts == {"👍": 1}
    assert browser.post(f"/chat/messages/{message.id}/react", data={"emoji": "nonsense"}).status_code == 422


def test_marking_as_read_without_javascript(room, member, browser):
    room.post(MemberFactory(), "hello")
    assert browser.post(f"/chat/rooms/{room.id}/read").status_code == 303
    assert place_of(member, room).last_read == 1


def test_a_facilitator_opens_and_closes_a_room(sign_in):
    space, browser = SpaceFactory(), sign_in(MemberFactory(team_role="facilitator"))
    assert browser.get(f"/chat/rooms/new?space={space.slug}").status_code == 200
    form = {"name": "Housing", "description": "Where people live", "language": "en"}
    assert browser.post(f"/chat/rooms/new?space={space.slug}", data=form).status_code == 303
    assert browser.post(f"/chat/rooms/new?space={space.slug}", data=form).status_code == 422

    room = db.session.scalars(db.select(Room)).one()
    assert (room.name, room.space) == ("Housing", space)
    assert browser.post(f"/chat/rooms/{room.id}/archive").status_code == 303
    assert room.is_archived


def test_members_open_no_rooms(browser):
    space = SpaceFactory()
    assert browser.get(f"/chat/rooms/new?space={space.slug}").status_code == 403
    assert browser.post(f"/chat/rooms/new?space={space.slug}", data={"name": "Mine"}).status_code == 403


def test_the_start_page_names_rooms_with_news_and_the_space_its_rooms(room, member, browser):
    assert room.name not in text(browser.get("/"))
    room.post(MemberFactory(), "hello")
    room.read(member, 0)
    assert room.name in text(browser.get("/"))
    assert room.name in text(browser.get(f"/spaces/{room.space.slug}"))


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_of_a_room_costs_a_member_six_statements(room, member, browser, count_queries, count):
    """Who reads, the room, its messages, their signs and translations, and whether the community is an illustrative one."""
    for n in range(count):
        author = MemberFactory(locale="ru")
        room.post(author, f"Сообщение номер {n} для всех городов").react(member, "👍")
    path = f"/chat/rooms/{room.id}"
    browser.get(path)
    with count_queries() as statements:
        assert browser.get(path).text.count("Сообщение номер") == count

    assert len([one for one in statements if not one.startswith("BEGIN")]) == 6, statements


def test_the_language_of_a_message_is_corrected_where_it_is_edited(room, member, browser):
    message = room.post(member, "Merci, Karim")
    address = f"/chat/messages/{message.id}/edit"
    assert message.language == "en" and 'name="language"' in text(browser.get(address))
    assert browser.post(address, data={"text": "Merci, Karim", "language": "fr"}).status_code == 303
    assert (message.language, message.is_language_stated) == ("fr", True)
    assert 'lang="fr"' in text(browser.get(f"/chat/rooms/{room.id}"))

    assert browser.post(address, data={"text": "Ok", "language": "nonsense"}).status_code == 422
    browser.post(
        address, data={"text": "The whole sentence is in English now, but it was said to be French."}
    )
    assert message.language == "fr"


def test_a_name_shown_in_another_language_leaves_the_room_what_it_is(room, browser):
    translate(room, "name", "fr", "Salon")
    assert "Salon" in text(browser.get(f"/chat/rooms/{room.id}?lang=fr"))
    assert room.name in text(browser.get(f"/chat/rooms/{room.id}?lang=en"))


def test_with_the_words_of_a_message_go_its_translations(room, member, browser):
    message = room.post(member, "Regretted words in English")
    translate(message, "text", "fr", "Paroles regrettées")
    address = f"/translations/Message/{message.id}"
    assert "Paroles regrettées" in text(browser.get(address))
    message.remove()
    assert "Paroles regrettées" not in text(browser.get(address))
