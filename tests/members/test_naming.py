"""Who is mentioned is shown by name to those who may read it, as it is today; what is stored holds no name."""

import re

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.core.db import db
from cityexchange.core.mail import queue_mail
from cityexchange.core.mail.letters import compose
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory

NAME, HANDLE = "Nour Ben Salah", "@nour-ben-salah"


@pytest.fixture
def nour():
    return MemberFactory(name=NAME, handle="nour-ben-salah")


def topic_in(space, text="Merci @nour-ben-salah!"):
    topic = ForumFactory(space=space).start_topic(
        MemberFactory(name="Ana Authorly"), title="Thanks", text=text, language="en"
    )
    db.session.commit()
    return topic


def called(browser, topic):
    """The mention as the page says it, and where it leads."""
    page = browser.get(f"/topics/{topic.id}").text
    [(link, words)] = re.findall(r'<(?:a href="([^"]+)"|span) class="mention"[^>]*>(.*?)</(?:a|span)>', page)
    return re.sub("<.*?>", "", words), link


def public():
    return SpaceFactory(confidentiality="public", joining="open")


def test_members_read_the_name_and_visitors_what_was_typed(nour, sign_in, visitor):
    topic = topic_in(public())
    for _ in range(2):
        assert called(sign_in(MemberFactory()), topic) == (f"@{NAME}", f"/members/{nour.id}")
        assert called(visitor, topic)[0] == HANDLE
    assert NAME not in visitor.get(f"/topics/{topic.id}").text


@pytest.mark.parametrize("name", ["نور بن صالح", "王小明", "Łukasz <b>Nowak</b>", "Nour Trabelsi"])
def test_a_new_name_is_read_at_once_on_pages_that_were_kept(nour, sign_in, name):
    topic, browser = topic_in(public()), sign_in(MemberFactory())
    assert called(browser, topic)[0] == f"@{NAME}"
    nour.name = name
    db.session.commit()

    page = browser.get(f"/topics/{topic.id}").text
    assert f"<bdi>@{name.replace('<', '&lt;').replace('>', '&gt;')}</bdi>" in page
    assert NAME not in page


def test_who_has_left_is_called_so_by_all_and_on_kept_pages(nour, sign_in, visitor):
    topic, browser = topic_in(public()), sign_in(MemberFactory())
    assert called(browser, topic)[0] == f"@{NAME}" and called(visitor, topic)[0] == HANDLE
    leave(nour)
    db.session.commit()

    for reader in (browser, visitor):
        assert called(reader, topic) == ("Former member", "")
        assert "nour-ben-salah" not in reader.get(f"/topics/{topic.id}").text


def test_only_pages_that_call_who_leaves_are_made_anew(nour, visitor):
    calls, calls_other = topic_in(public()), topic_in(public(), "Merci @someone-else!")
    before = [topic.version for topic in (calls, calls_other)]
    moments = [topic.updated_at for topic in (calls, calls_other) if hasattr(topic, "updated_at")]
    leave(nour)
    db.session.commit()
    db.session.expire_all()

    assert [topic.version > old for topic, old in zip((calls, calls_other), before, strict=True)] == [
        True,
        False,
    ]
    assert moments == [topic.updated_at for topic in (calls, calls_other) if hasattr(topic, "updated_at")]


@pytest.mark.parametrize(
    ("state", "said"), [("deactivated", f"@{NAME}"), ("locked", HANDLE)], ids=["gone quiet", "suspended"]
)
def test_who_does_not_take_part_now_is_called_as_their_page_may_be_read(nour, sign_in, state, said):
    topic, browser = topic_in(public()), sign_in(MemberFactory())
    nour.state = state
    db.session.commit()

    words, link = called(browser, topic)
    assert words == said
    assert browser.get(f"/members/{nour.id}").status_code == (200 if link else 404)


def test_guests_read_the_names_of_those_they_meet_and_no_link_leads_nowhere(nour, sign_in):
    space = public()
    topic, observer = topic_in(space), guest()
    browser = sign_in(observer)
    assert called(browser, topic) == (HANDLE, "")

    space.admit(observer)
    space.admit(nour)
    db.session.commit()
    words, link = called(browser, topic)
    assert words == f"@{NAME}" and browser.get(link).status_code == 200


def test_under_the_chatham_house_rule_nobody_is_named_that_was_not(nour, sign_in):
    space = SpaceFactory(confidentiality="chatham", joining="invitation")
    reader = MemberFactory()
    space.admit(reader)
    topic, room = topic_in(space), RoomFactory(space=space)
    room.post(reader, "Thanks @nour-ben-salah")
    db.session.commit()
    browser = sign_in(reader)

    for page in (f"/topics/{topic.id}", f"/chat/rooms/{room.id}"):
        shown = browser.get(page).text
        assert HANDLE in shown and NAME not in shown
    leave(nour)
    db.session.commit()
    assert called(browser, topic)[0] == "Former member"


def test_the_chat_names_them_on_its_page_in_its_history_and_live(nour, sign_in, connect):
    room, speaker = RoomFactory(), MemberFactory()
    line = connect(MemberFactory())
    assert line.say("room:enter", room_id=room.id)["ok"]
    browser = sign_in(speaker)
    browser.post(
        f"/chat/rooms/{room.id}/messages", data={"text": "Thanks @nour-ben-salah", "nonce": "n" * 16}
    )
    browser.post(f"/chat/rooms/{room.id}/messages", data={"text": "Nothing else", "nonce": "m" * 16})

    told = {
        event: payload
        for event, payload in line.heard()
        if event.startswith("message") and "@" in payload["html"]
    }
    history = browser.get(f"/chat/rooms/{room.id}/messages", headers={"Accept": "application/json"}).json
    for html in (told["message:posted"]["html"], history["messages"][0]["html"]):
        assert f"<bdi>@{NAME}</bdi></a>" in html
    assert "Nothing else" in history["messages"][1]["html"]
    assert f"<bdi>@{NAME}</bdi></a>" in browser.get(f"/chat/rooms/{room.id}").text


def test_where_a_guest_listens_the_live_line_names_those_who_joined(nour, sign_in, connect):
    room = RoomFactory(space=public())
    room.space.admit(guest())
    met = MemberFactory(name="Jo Joined", handle="jo-joined")
    room.space.admit(met)
    db.session.commit()
    line = connect(MemberFactory())
    assert line.say("room:enter", room_id=room.id)["ok"]
    data = {"text": "Thanks @nour-ben-salah @jo-joined", "nonce": "n" * 16}
    sign_in(MemberFactory()).post(f"/chat/rooms/{room.id}/messages", data=data)

    [html] = [payload["html"] for event, payload in line.heard() if event == "message:posted"]
    assert HANDLE in html and NAME not in html and "@Jo Joined" in html


def test_a_change_told_to_many_names_nobody_who_left(nour, sign_in, connect):
    room, speaker = RoomFactory(), MemberFactory()
    message = room.post(speaker, "Thanks @nour-ben-salah")
    leave(nour)
    db.session.commit()
    line = connect(MemberFactory())
    assert line.say("room:enter", room_id=room.id)["ok"]
    sign_in(speaker).post(f"/chat/messages/{message.id}/react", data={"emoji": "👍"})

    [html] = [payload["html"] for event, payload in line.heard() if event == "message:changed"]
    assert "nour" not in html.lower() and "/members/" not in html


def test_a_mail_names_them_for_who_gets_it(nour, sign_in):
    space, observer, member = public(), guest(), MemberFactory()
    post = topic_in(space).post(MemberFactory(), "Merci @nour-ben-salah & all!")
    db.session.flush()
    for reader, said in ((member, f"Merci @{NAME} & all!"), (observer, f"Merci {HANDLE} & all!")):
        assert said in compose(queue_mail(f"to-{reader.id}", reader, "forums/reply", post)).text


def test_mentions_of_a_page_are_one_question_and_a_page_without_them_asks_none(nour, sign_in, count_queries):
    others = [MemberFactory(handle=f"other-{number}") for number in range(5)]
    without = topic_in(public(), "Merci!")
    one = topic_in(public())
    many = topic_in(public(), " ".join(f"@{other.handle}" for other in others))
    many.post(nour, f"@{others[0].handle} and @nour-ben-salah")
    db.session.commit()
    browser = sign_in(MemberFactory())
    counts = []
    for topic in (without, one, many):
        browser.get(f"/topics/{topic.id}")
        with count_queries() as queries:
            browser.get(f"/topics/{topic.id}")
        counts.append(len(queries))
    assert counts == [counts[0], counts[0] + 1, counts[0] + 1]
