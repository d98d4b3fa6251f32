"""Where authors are not shown, nothing made from them goes out: two texts equal but for the author are told in equal bytes, but for numbers of rows."""

import re
from itertools import zip_longest
from uuid import uuid4

import pytest

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.mail import OutgoingMail
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, newest
from tests.forums.mailed import letters

AUTHORS = {
    "Claire": {"locale": "fr", "languages_read": ["fr", "de"], "timezone": "Europe/Paris"},
    "Nour": {
        "locale": "ar",
        "languages_read": ["ar"],
        "timezone": "Africa/Cairo",
        "team_role": "coordinator",
    },
}
WORDS = {
    "short": "ok",
    "of many languages": "Lyon, Tunis, Osaka",
    "a name": "Tunis",
    "no words": "12 / 3",
    "in French": "Merci pour cette belle réponse, nous allons essayer la semaine prochaine.",
    "in Arabic": "شكرا جزيلا على هذا الجواب",
    "a call": "@rea-der, see this",
}
MOMENT = utcnow().replace(hour=12, minute=30, second=20, microsecond=0)
NOT_TOLD = re.compile(r"(?<=<)[0-9a-f]+(?=@localhost>)|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")
OF_CHANCE = re.compile(
    r"""((?:csrf_token|nonce|csrf-token|typed)"(?: id="\w+")? (?:value|content|type="hidden" value)=")[^"]*"""
)
"""Numbers of rows, and what is made by chance. Moments are numbers, too: those have a test of their own."""


@pytest.fixture
def reader():
    return MemberFactory(name="Rea Der", handle="rea-der", locale="en")


@pytest.fixture
def authors(app):
    return {
        name: MemberFactory(name=name, city=CityFactory(name=f"City of {name}"), **AUTHORS[name])
        for name in AUTHORS
    }


class World:
    """A space under the Chatham House Rule, in which one author says some words by every door there is."""

    def __init__(self, author, reader):
        self.author = author
        self.space = SpaceFactory(confidentiality="chatham", name="Quiet", slug=f"quiet-{uuid4().hex[:4]}-0")
        for member in (self.author, reader):
            self.space.admit(member)
        self.forum = ForumFactory(space=self.space, name="Board", slug=f"board-{uuid4().hex[:4]}-0")
        self.room = RoomFactory(space=self.space, name="Room")
        db.session.commit()

    def speak(self, browser, line, words):
        """Through the author's own pages, in their language, and over their line."""
        start = {"title": "About this", "kind": "question", "text": words, "nonce": uuid4().hex}
        assert browser.post(f"/forums/{self.forum.slug}/new", data=start).status_code == 303
        self.topic = newest().topic
        assert browser.post(f"/topics/{self.topic.id}/posts", data={"text": words}).status_code == 303
        change = {"text": f"{words}!", "version": "1", "reason": "", "language": ""}
        assert browser.post(f"/posts/{newest().id}/edit", data=change).status_code == 303
        self.post = newest()
        self.say(browser, line, words)

    def say(self, browser, line, words):
        room = {"room_id": self.room.id}
        assert line.say("room:enter", **room)["ok"] and line.say("room:typing", **room)["ok"]
        said = line.say("message:post", text=words, nonce=str(uuid4()), **room)
        assert line.say("message:edit", id=said["id"], text=f"{words}!")["ok"]
        assert (
            browser.post(
                f"/chat/rooms/{self.room.id}/messages",
                data={"text": words, "nonce": f"by {self.author.name}"},
            ).status_code
            == 303
        )
        line.client.disconnect()

    @property
    def places(self):
        topic, post, room = self.topic.id, self.post.id, self.room.id
        return [
            f"/topics/{topic}", f"/topics/{topic}/posts?after=0", f"/posts/{post}/revisions", f"/posts/{post}/edit",
            f"/forums/{self.forum.slug}", f"/spaces/{self.space.slug}", f"/translations/Post/{post}",
            f"/translations/Topic/{topic}", f"/chat/rooms/{room}", f"/chat/rooms/{room}/messages?after=0", "/", "/forums", "/topics",
            "/chat", "/topics?filter=unread",
        ]  # fmt: skip


def told_to(reader, world, words, sign_in, connect):
    """All that the reader is told: live frames, history, pages, data, mails."""
    line, browser = connect(reader), sign_in(reader)
    assert line.say("room:enter", room_id=world.room.id)["ok"]
    with clock_at(MOMENT):
        world.speak(sign_in(world.author), connect(world.author), words)
        told = {"live": str(line.heard()), "history": str(line.say("room:enter", room_id=world.room.id))}
        for place in world.places:
            for kind in ("text/html", "application/json"):
                answer = browser.get(place, headers={"Accept": kind})
                told[f"{kind} {masked(place)}"] = f"{answer.status_code} {answer.text}"
        told["mails"] = "".join(
            f"{one.subject} {one.text} {one.html} {one.headers}" for one in letters(reader)
        )
    line.client.disconnect()
    return {name: masked(said) for name, said in told.items()}


def masked(said):
    said = re.sub(r"(quiet|board)-[0-9a-f]{4}-0", r"\1", said)
    return NOT_TOLD.sub("#", OF_CHANCE.sub(r"\1", said))


def forget(world):
    """What lists would show beside the next one."""
    db.session.delete(world.space)
    db.session.execute(db.delete(OutgoingMail))
    db.session.commit()


def differing(one, other):
    """The lines that differ."""
    return [pair for pair in zip_longest(one.splitlines(), other.splitlines()) if pair[0] != pair[1]][:3]


@pytest.mark.parametrize("name", WORDS)
def test_two_texts_equal_but_for_the_author_are_told_in_equal_bytes(authors, reader, sign_in, connect, name):
    told = []
    for author in authors.values():
        world = World(author, reader)
        told.append(told_to(reader, world, WORDS[name], sign_in, connect))
        forget(world)

    one, other = told
    assert one.keys() == other.keys() and sum(said.startswith("#") for said in one.values()) > 20
    assert {place: differing(one[place], other[place]) for place in one if one[place] != other[place]} == {}


def test_what_is_told_of_when_is_told_to_the_minute(authors, reader, sign_in, connect):
    world, line = World(authors["Nour"], reader), connect(reader)
    line.say("room:enter", room_id=world.room.id)
    world.speak(sign_in(world.author), connect(world.author), "A word of mine.")

    said = str(line.heard()) + sign_in(reader).get(f"/topics/{world.topic.id}").text
    moments = re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:(\d\d[.\d]*)", said)
    assert len(moments) > 3 and {*moments} <= {"00"}


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_comings_are_told_at_once_only_where_names_are(confidentiality, reader, authors, connect):
    room = RoomFactory(space=SpaceFactory(confidentiality=confidentiality))
    for member in (reader, authors["Nour"]):
        room.space.admit(member)
    line, other = connect(reader), connect(authors["Nour"])
    line.say("room:enter", room_id=room.id)
    line.heard()

    other.say("room:enter", room_id=room.id)
    other.client.disconnect()
    assert bool(line.heard()) is (confidentiality == "group")


def test_under_a_chosen_name_the_language_is_of_the_place(authors):
    space = SpaceFactory(confidentiality="group", allows_chosen_names=True, language="en")
    forum, found = ForumFactory(space=space), []
    for number, author in enumerate(authors.values()):
        space.admit(author).chosen_name = f"Heron {number}"
        topic = forum.start_topic(author, title="ok", text="ok", kind="question")
        found.append((topic.language, newest().language, newest().pen_name))
    assert found == [("en", "en", "Heron 0"), ("en", "en", "Heron 1")]


def test_where_authors_are_shown_a_short_text_is_in_their_language(authors):
    room = RoomFactory()
    assert [room.post(author, "Tunis").language for author in authors.values()] == ["fr", "und"]
