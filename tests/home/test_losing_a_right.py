"""A right that is lost between an act and its effect: what was written while somebody could read it reaches them by no road afterwards.

Every way of losing it against every road; beside each, somebody who keeps the right, whom the same still reaches.
"""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from cityexchange.core.db import clock_at, db, unit_of_work
from cityexchange.core.files import File
from cityexchange.core.mail import deliver
from cityexchange.core.sockets.rights import look_again_here
from cityexchange.members.models import Seat
from tests.bookmarks.factories import keep
from tests.chat.factories import RoomFactory
from tests.drafts.factories import keep_draft
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, newest, start_topic
from tests.forums.mailed import a_working_afternoon, mails
from tests.mail.sink import Sink

CANARY = "zanzibar-seventeen"


def leave(house):
    house.space.leave(house.loser)


def be_suspended(house):
    house.loser.suspend()


def end_the_seat(house):
    house.seat.end()


def pass_the_last_day(house):
    """Nobody acts: the row is as it was written when the seat began."""
    house.seat.until = date.today() - timedelta(days=1)


def lose_the_team_role(house):
    house.loser.take_team_role(None)


def suspend_the_city(house):
    house.seat.city.become("suspended", "suspend", days=3)


def close_the_space(house):
    house.space.change(house.keeper, confidentiality="group")


WAYS = {
    "leaves a closed space": ("group", leave),
    "leaves a space under the Chatham House Rule": ("chatham", leave),
    "is suspended": ("members", be_suspended),
    "the seat is ended": ("city_officials", end_the_seat),
    "the seat's last day has passed": ("city_officials", pass_the_last_day),
    "is in the team no more": ("city_officials", lose_the_team_role),
    "the city takes part no more": ("city_officials", suspend_the_city),
    "the space is closed": ("members", close_the_space),
}
"""{way: (class of the space, the deed)}"""


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    file.seek(0)
    return file


class House:
    """A topic and a room; one reads them and will lose that, one keeps it."""

    def __init__(self, confidentiality, by_team):
        place = {"city": None, "team_role": "facilitator"} if by_team else {}
        self.loser, self.keeper = (
            MemberFactory(handle="the-loser", **place),
            MemberFactory(handle="the-keeper"),
        )
        self.seat = db.session.scalar(db.select(Seat).filter_by(member_id=self.loser.id))
        self.space = SpaceFactory(confidentiality=confidentiality)
        self.author = MemberFactory()
        self.space.admit(self.author)
        for member in (
            (self.keeper, self.loser) if confidentiality in ("group", "chatham") else (self.keeper,)
        ):
            self.space.admit(member)
        self.topic = start_topic(ForumFactory(space=self.space), self.author, title=f"About {CANARY}")
        self.room = RoomFactory(space=self.space)
        db.session.commit()

    def write(self, browser):
        """While both may read it: a post with a file that calls both, and a message."""
        data = {"text": f"@the-loser and @the-keeper: {CANARY}", "file": (picture(), f"{CANARY}.png")}
        answer = browser.post(f"/topics/{self.topic.id}/posts", data=data, content_type="multipart/form-data")
        assert answer.status_code == 303
        self.room.post(self.author, CANARY)
        self.post, self.file = newest(), db.session.scalar(db.select(File))
        db.session.commit()

    @property
    def places(self):
        topic = f"/topics/{self.topic.id}"
        return [
            topic, f"{topic}/posts?after=0", f"/posts/{self.post.id}", f"/posts/{self.post.id}/revisions", "/topics", "/forums", "/",
            f"/chat/rooms/{self.room.id}", f"/chat/rooms/{self.room.id}/messages?after=0", "/bookmarks", "/drafts",
            f"/translations/Post/{self.post.id}", f"/files/{self.file.id}/{self.file.name}",
            f"/files/{self.file.id}/{self.file.name}?size=small", f"/spaces/{self.space.slug}", f"/members/{self.author.id}",
        ]  # fmt: skip


class Reader:
    """Somebody with everything open before: a line in the topic and the room, and each page in the browser's cache."""

    def __init__(self, member, house, sign_in, connect):
        self.member, self.house, self.browser = member, house, sign_in(member)
        self.lines = [connect(member), connect(member)]
        self.follow()
        keep(member, house.topic)
        keep_draft(member, f"/topics/{house.topic.id}/posts", text="Begun")
        db.session.commit()

    def follow(self):
        topic, room = self.lines
        enter = (
            topic.say("topic:enter", topic_id=self.house.topic.id),
            room.say("room:enter", room_id=self.house.room.id),
        )
        return [answer["ok"] for answer in enter]

    def look(self):
        self.kept = {place: self.browser.get(place).headers.get("ETag") for place in self.house.places}
        return self.what_is_shown()

    def what_is_shown(self, again=False):
        """Places whose answer has the words, or says that those from before still hold."""
        asked = {place: {"If-None-Match": tag} for place, tag in self.kept.items() if again and tag}
        answers = {place: self.browser.get(place, headers=asked.get(place, {})) for place in self.kept}
        return {place for place, answer in answers.items() if tells(answer, place)}

    def hears(self):
        """Frames that came since the last look; a line that was hung up hears nothing."""
        return [frame for line in self.lines if line.client.is_connected() for frame in line.heard()]


def tells(answer, place):
    if answer.status_code == 304:
        return True
    return answer.status_code in (200, 206, 303) and (
        CANARY.encode() in answer.data or place.startswith(("/files", "/posts"))
    )


@pytest.fixture
def post_office(app):
    kept = app.config["MAIL_URL"]
    with Sink() as sink:
        app.config["MAIL_URL"] = sink.url
        yield sink
    app.config["MAIL_URL"] = kept


@pytest.fixture(params=WAYS)
def readers(request, sign_in, connect):
    """Who has just lost the right, and who has kept it; both had all of it open."""
    confidentiality, lose = WAYS[request.param]
    house = House(confidentiality, by_team=lose is lose_the_team_role)
    loser, keeper = (Reader(member, house, sign_in, connect) for member in (house.loser, house.keeper))
    house.write(sign_in(house.author))
    assert len(loser.look()) > 8 and len(keeper.look()) > 8
    assert loser.hears() and keeper.hears()
    db.session.commit()
    if lose is pass_the_last_day:
        lose(house)
        db.session.commit()
        look_again_here(house.loser.id)  # as each process does every two seconds (core/sockets/expiry.py)
    else:
        with unit_of_work():
            lose(house)
    db.session.expire_all()
    return loser, keeper


def test_no_page_no_file_and_no_cache_tells_it(readers):
    loser, keeper = readers
    assert loser.what_is_shown() == set()
    assert loser.what_is_shown(again=True) == set(), "asked whether what is kept still holds"
    assert len(keeper.what_is_shown()) > 8


def test_the_mail_of_before_does_not_go_out(readers, post_office):
    mails()
    with clock_at(a_working_afternoon()):
        deliver()
    reached = {address for envelope in post_office.envelopes for address in envelope.rcpt_tos}
    loser, keeper = readers
    db.session.expire_all()
    assert keeper.member.email in reached and loser.member.email not in reached


def test_no_line_hears_of_what_comes_after(readers, sign_in):
    loser, keeper = readers
    loser.hears(), keeper.hears()
    house = loser.house
    with unit_of_work():
        house.room.post(house.author, CANARY)
        house.topic.post(house.author, CANARY)

    assert loser.hears() == []
    assert len(keeper.hears()) >= sum(line.client.is_connected() for line in keeper.lines)


def test_no_line_is_let_in_again(readers):
    loser, _ = readers
    answers = []
    for line, (event, asked) in zip(
        loser.lines, (("topic:enter", "topic"), ("room:enter", "room")), strict=True
    ):
        if line.client.is_connected():
            answers.append(line.say(event, **{f"{asked}_id": getattr(loser.house, asked).id}))
    assert all(not answer["ok"] for answer in answers)
