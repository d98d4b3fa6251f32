"""Whatever people hold of a workshop, in mails, calendars and on its page: a change of it reaches them, once, in words."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.workshops.amendments import Amendment
from cityexchange.workshops.models import Workshop
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory
from tests.workshops.factories import WorkshopFactory, noon_in, organiser, slot
from tests.workshops.test_writing import whole_form

DAY = f"{noon_in(40):%Y-%m-%d}"


class Meeting:
    """An open workshop as an organiser sees it; one has a place, one waits."""

    def __init__(self, sign_in, **changes):
        self.browser = sign_in(organiser(name="Olga Organiser"))
        self.form = whole_form(capacity_in_person="1", **changes)
        self.browser.post("/workshops/new", data=self.form)
        self.workshop = db.session.scalars(db.select(Workshop)).one()
        self.holder, self.waiting = MemberFactory.create_batch(2, timezone="Asia/Tokyo")
        if self.workshop.space:
            self.workshop.space.admit(self.holder)
            self.workshop.space.admit(self.waiting)
        self.workshop.announce(None)
        self.workshop.open_registration(None)
        for member in (self.holder, self.waiting):
            self.workshop.register(member, "in_person", "fr")
        db.session.commit()

    def save(self, **changes):
        session = {"sessions-0-id": str(self.workshop.schedule.held[0].id)}
        typed = {name: said for name, said in (self.form | session | changes).items() if said is not None}
        if self.workshop.state != "draft":
            typed.pop("space_id", None)
        answer = self.browser.post(f"/workshops/{self.workshop.id}/edit", data=typed)
        db.session.expire_all()
        return answer

    @property
    def sequence(self):
        return self.workshop.schedule.sequence

    def file_of(self, browser):
        return browser.get(f"/workshops/{self.workshop.id}.ics").text.replace("\r\n ", "")


@pytest.fixture
def meeting(sign_in):
    return Meeting(sign_in)


def news():
    """The mails since everybody was registered, as (member, kind)."""
    known = ("workshops/place", "workshops/waiting")
    mails = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id))
    return [mail for mail in mails if mail.template not in known]


def another_city(zone="Africa/Tunis"):
    return str(CityFactory(name="Sfax", timezone=zone).id)


HELD = {
    "venue": (lambda: {"venue": "Old port, hall 4"}, "Town hall", "Old port, hall 4"),
    "mode": (lambda: {"mode": "in_person"}, "Hybrid: in the room", "In person"),
    "title": (lambda: {"title": "Counting people"}, "Counting what matters", "Counting people"),
    "host city": (lambda: {"host_city_id": another_city()}, "Tunis", "Sfax"),
    "zone": (lambda: {"timezone": "UTC"}, "Tunis time", "Coordinated Universal Time"),
    "a language less": (lambda: {"working_languages": ["fr"]}, "French, Arabic", "French"),
    "no interpretation": (lambda: {"has_interpretation": "none"}, "French – Arabic", "nothing"),
    "cost": (lambda: {"cost_statement": "Free of charge"}, "Free", "Free of charge"),
    "access": (lambda: {"accessibility_note": "Step-free, with a loop"}, "Step-free", "with a loop"),
    "data": (lambda: {"data_notice": "Nothing is recorded"}, "Not recorded", "Nothing is recorded"),
    "another name of a session": (
        lambda: {"sessions-0-title": "Round of names"},
        "Opening",
        "Round of names",
    ),
    "an hour later": (
        lambda: {"sessions-0-starts": f"{DAY}T10:00", "sessions-0-ends": f"{DAY}T13:30"},
        "09:00",
        "10:00",
    ),
    "the end alone": (lambda: {"sessions-0-ends": f"{DAY}T11:45"}, "12:30", "11:45"),
    "a session more": (
        lambda: {
            "sessions-1-title": "Walk",
            "sessions-1-starts": f"{DAY}T14:00",
            "sessions-1-ends": f"{DAY}T15:00",
        },
        "Walk",
        "14:00",
    ),
    "a session in place of another": (
        lambda: {"sessions-0-id": "", "sessions-0-title": "Walk"},
        "Opening",
        "called off",
    ),
}


@pytest.mark.parametrize(("changes", "before", "after"), HELD.values(), ids=HELD)
def test_who_has_a_place_and_who_waits_hear_once_what_was_and_what_is(
    meeting, sign_in, changes, before, after
):
    counted, file = meeting.sequence, meeting.file_of(sign_in(meeting.holder))

    assert meeting.save(**changes()).status_code == 303

    assert [mail.member_id for mail in news()] == [meeting.holder.id, meeting.waiting.id]
    for mail in news():
        letter = compose(mail)
        for part in (letter.text, letter.html):
            assert before in part and after in part and "{{" not in part
    assert meeting.sequence == counted + 1
    changed = meeting.file_of(sign_in(meeting.holder))
    assert f"SEQUENCE:{counted + 1}" in changed and changed != file
    history = meeting.browser.get(f"/workshops/{meeting.workshop.id}").text.split("What happened so far")[1]
    assert before in history and after in history and "Olga Organiser" in history


def test_the_link_is_news_to_those_alone_who_may_see_it(meeting, sign_in):
    counted = meeting.sequence
    meeting.save(joining_link="https://meet.example/2")

    assert [mail.member_id for mail in news()] == [meeting.holder.id]
    letter = compose(news()[0])
    for part in (letter.text, letter.html):
        assert "https://meet.example/1" in part and "https://meet.example/2" in part
    assert meeting.sequence == counted + 1
    assert "https://meet.example/2" in meeting.file_of(sign_in(meeting.holder))
    assert "meet.example" not in meeting.file_of(sign_in(meeting.waiting))
    meeting.save(joining_link="https://meet.example/3", venue="Old port")
    told = {mail.member_id: compose(mail).text for mail in news()[1:]}
    assert "meet.example/3" in told[meeting.holder.id] and "meet.example" not in told[meeting.waiting.id]
    assert "Old port" in told[meeting.waiting.id]


NOBODYS = {
    "the same again": dict,
    "a typo in the description": lambda: {"text": "Local data with **few** means."},
    "whom it is for": lambda: {"audience": "Data officers and planners"},
    "an objective": lambda: {"objectives-0": "Name four sources"},
    "themes": lambda: {"themes": [str(ThemeFactory().id)]},
    "more places online": lambda: {"capacity_online": "70"},
    "spaces around": lambda: {"venue": "  Town hall ", "title": "Counting what matters "},
}


@pytest.mark.parametrize("changes", NOBODYS.values(), ids=NOBODYS)
def test_other_words_tell_nobody(meeting, changes):
    counted = meeting.sequence

    assert meeting.save(**changes()).status_code == 303

    assert (news(), meeting.sequence) == ([], counted)
    assert not db.session.scalars(db.select(Amendment)).all()


def test_another_name_of_a_session_is_in_calendars_and_in_the_history_and_no_news_of_times(meeting, sign_in):
    counted = meeting.sequence
    meeting.save(**{"sessions-0-title": "Opening round"})

    assert meeting.sequence == counted + 1
    assert [mail.facts["kind"] for mail in news()] == ["other"] * 2
    assert "Opening round" in meeting.file_of(sign_in(meeting.holder))
    assert (
        "Opening round"
        in meeting.browser.get(f"/workshops/{meeting.workshop.id}").text.split("What happened")[1]
    )


def test_what_is_there_no_more_is_said_to_be_gone():
    workshop = WorkshopFactory(is_open=True)
    workshop.register(MemberFactory(), "online", "en")
    with workshop.amending(organiser()):
        workshop.venue, workshop.mode = "", "online"

    text = compose(news()[0]).text
    assert "Venue\nuntil now: Town hall\nfrom now on: nothing" in text


def test_one_save_is_one_mail_whatever_it_changes(meeting):
    counted = meeting.sequence
    many = {"venue": "Old port", "joining_link": "https://meet.example/2", "title": "Counting people"}
    meeting.save(**many, **{"sessions-0-starts": f"{DAY}T10:00"})

    assert len(news()) == 2 and meeting.sequence == counted + 1
    text = compose(news()[0]).text
    assert all(words in text for words in (*many.values(), "09:00", "10:00"))


def test_what_is_refused_tells_nobody(meeting):
    counted = meeting.sequence

    assert meeting.save(venue="", title="Counting people").status_code == 422

    assert (news(), meeting.sequence) == ([], counted)


def test_a_draft_tells_nobody(sign_in):
    meeting = Meeting(sign_in)
    meeting.workshop.state = "draft"
    db.session.commit()
    meeting.save(venue="Old port")

    assert news() == []


def test_times_of_a_postponed_workshop_are_told_when_it_is_announced_again_and_its_venue_at_once(meeting):
    meeting.workshop.postpone(None, "Elections")
    db.session.commit()
    later = f"{noon_in(50):%Y-%m-%d}"
    dates = {"sessions-0-starts": f"{later}T09:00", "sessions-0-ends": f"{later}T12:00"}
    meeting.save(**dates)
    assert [mail.template for mail in news()] == ["workshops/postponed"] * 2

    meeting.save(venue="Old port", **dates)
    assert [mail.facts["kind"] for mail in news()[2:]] == ["other"] * 2
    meeting.workshop.announce(None)
    assert [mail.facts["kind"] for mail in news()[4:]] == ["times"] * 2
    letter = compose(news()[4])
    assert (
        "New times" in letter.subject and "These are the times now" in letter.text and "09:00" in letter.text
    )


@pytest.mark.parametrize("steps", [("postpone",), ("postpone", "announce"), ("cancel",)], ids=str)
def test_each_step_that_calendars_show_counts_their_files_up(meeting, sign_in, steps):
    reasons = {"postpone": ("Elections",), "cancel": ("Flood",)}
    for step in steps:
        counted = meeting.sequence
        getattr(meeting.workshop, step)(None, *reasons.get(step, ()))
        db.session.commit()
        assert meeting.sequence == counted + 1
    status = "CONFIRMED" if steps[-1] == "announce" else "CANCELLED"
    file = meeting.file_of(sign_in(meeting.holder))
    assert f"STATUS:{status}" in file and f"SEQUENCE:{meeting.sequence}" in file


def test_a_closed_space_lets_no_mail_say_what_changed(sign_in):
    workshop = WorkshopFactory(is_open=True, space_id=SpaceFactory(confidentiality="group").id)
    member = MemberFactory()
    workshop.space.admit(member)
    workshop.register(member, "online", "en")
    with workshop.amending(organiser()):
        workshop.venue = "Behind doors"

    (mail,) = news()
    letter = compose(mail)
    for part in (letter.subject, letter.text, letter.html):
        assert "Behind doors" not in part and "Town hall" not in part and workshop.title not in part
    assert f"/workshops/{workshop.id}" in letter.text


@pytest.mark.parametrize("locale", ["ar", "en", "es", "fr", "ru", "zh"])
def test_each_language_says_it_in_both_zones(locale):
    workshop = WorkshopFactory(is_open=True, zone="America/Bogota")
    workshop.register(MemberFactory(locale=locale, timezone="Asia/Tokyo"), "online", "en")
    with workshop.amending(None):
        workshop.venue = "Casa del Pueblo"
        workshop.meet("America/Bogota", [slot(days=41, session_id=workshop.schedule.held[0].id)])

    letter = compose(news()[0])

    for part in (letter.text, letter.html):
        assert "Casa del Pueblo" in part and "Town hall" in part and part.count("12:00") >= 2
        assert len(re.findall(r"\b0?2:00", part)) >= 2  # Tokyo, the day after
    assert locale == "en" or "until now" not in letter.text


def test_what_an_organiser_types_is_no_markup_in_mail_and_history(meeting):
    meeting.save(venue="<script>alert(1)</script>")

    assert "<script>alert" not in compose(news()[0]).html
    assert "<script>alert" not in meeting.browser.get(f"/workshops/{meeting.workshop.id}").text
