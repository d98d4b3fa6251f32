"""Each field that people see of an announced workshop, on its page, in mails, in calendars: a change of it is a mail, or has a reason."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.events.calendar import Entry
from cityexchange.events.models import EventSession, Schedule
from cityexchange.workshops.models import LearningObjective, Workshop, workshop_themes
from tests.factories import CityFactory, MemberFactory, ThemeFactory
from tests.workshops.factories import WorkshopFactory, organiser, slot

HOUR = timedelta(hours=1)


def sets(**values):
    """What an organiser changes, all else left as it is."""

    def change(workshop):
        for name, value in values.items():
            setattr(workshop, name, value)

    return change


def replans(zone=None, **values):
    def change(workshop):
        (session,) = workshop.schedule.held
        workshop.meet(zone or workshop.timezone, [slot(session_id=session.id, **values)])

    return change


def called_off(workshop):
    (session,) = workshop.schedule.held
    workshop.meet(workshop.timezone, [slot(days=39, title="Walk")])
    assert session.called_off_at


def renamed(workshop):
    workshop.host_city.name = "Sfax"


def hosted_elsewhere(workshop):
    workshop.host_city_id = CityFactory(name="Bizerte").id


TOLD = {
    "workshops.title": (sets(title="Counting people"), "Counting what matters", "Counting people"),
    "workshops.mode": (sets(mode="in_person"), "Hybrid: in the room", "In person"),
    "workshops.host_city_id": (hosted_elsewhere, "Tunis", "Bizerte"),
    "workshops.venue": (sets(venue="Old port"), "Town hall", "Old port"),
    "workshops.joining_link": (
        sets(joining_link="https://meet.example/2"),
        "meet.example/1",
        "meet.example/2",
    ),
    "workshops.working_languages": (sets(working_languages=["en"]), "English, French", "English"),
    "workshops.interpretation": (sets(interpretation=[["en", "fr"]]), "English – Arabic", "English – French"),
    "workshops.cost_statement": (sets(cost_statement="40 euros"), "Free of charge", "40 euros"),
    "workshops.accessibility_note": (sets(accessibility_note="Two stairs"), "Step-free", "Two stairs"),
    "workshops.data_notice": (sets(data_notice="It is filmed"), "Nothing is recorded", "It is filmed"),
    "schedules.timezone": (replans("UTC"), "Tunis time", "Coordinated Universal Time"),
    "schedules.starts_at": (replans(days=41), "12:00", "12:00"),
    "schedules.ends_at": (replans(hours=3), "14:00", "15:00"),
    "event_sessions.title": (replans(title="Round of names"), "Opening", "Round of names"),
    "event_sessions.wall_starts": (replans(days=42), "12:00", "12:00"),
    "event_sessions.wall_ends": (replans(hours=4), "14:00", "16:00"),
    "event_sessions.starts_at": (replans("Asia/Tokyo"), "Tunis time", "Japan"),
    "event_sessions.ends_at": (replans(hours=5), "14:00", "17:00"),
    "event_sessions.called_off_at": (called_off, "Opening", "called off"),
    "cities.name": (renamed, "Tunis", "Sfax"),
}
"""Column: (a change, what the mail says was, what it says is)."""

BY_ITSELF = "it follows from another field, or is there for the machine alone"
DECIDED = "whoever registered has decided already: it says for whom and what, and takes nothing from them"
UNTOLD = {
    "workshops.id": "never changes",
    "workshops.state": "each step that concerns those who come has a mail of its own (test_steps.py)",
    "workshops.space_id": "a workshop that was announced never changes its space (test_writing.py)",
    "workshops.scope": DECIDED,
    "workshops.regions": DECIDED,
    "workshops.audience": DECIDED,
    "workshops.text": "what it is about, in many words: a typo would be a mail; the title, the sessions and the costs are told",
    "workshops.capacity_in_person": "nobody loses a place by it; who gains one has a mail of its own",
    "workshops.capacity_online": "nobody loses a place by it; who gains one has a mail of its own",
    "workshops.quota": "nobody loses a place by it; who gains one has a mail of its own",
    "workshops.registration_until": "for those who have not registered",
    "workshops.registration_closes_at": "for those who have not registered",
    "workshops.language": "in which the words are, corrected; the words are the same",
    "workshops.organiser_id": "does not stand on the page",
    "workshops.is_illustrative": "does not stand on the page",
    "workshops.schedule_id": "never changes",
    "workshops.created_at": BY_ITSELF,
    "workshops.updated_at": BY_ITSELF,
    "workshops.is_language_stated": BY_ITSELF,
    "workshops.render_version": BY_ITSELF,
    "workshops.html": BY_ITSELF,
    "workshops.version": BY_ITSELF,
    "schedules.id": "never changes",
    "schedules.sequence": BY_ITSELF,
    "schedules.published_at": BY_ITSELF,
    "schedules.created_at": BY_ITSELF,
    "schedules.updated_at": BY_ITSELF,
    "event_sessions.id": "never changes",
    "event_sessions.uid": "never changes",
    "event_sessions.schedule_id": "never changes",
    "event_sessions.language": "as the language of the workshop",
    "event_sessions.created_at": BY_ITSELF,
    "event_sessions.updated_at": BY_ITSELF,
    "learning_objectives.id": "never changes",
    "learning_objectives.workshop_id": "never changes",
    "learning_objectives.position": DECIDED,
    "learning_objectives.title": DECIDED,
    "learning_objectives.language": "as the language of the workshop",
    "workshop_themes.workshop_id": "never changes",
    "workshop_themes.theme_id": "finds it in lists",
}


def reworded(workshop):
    workshop.write("Other **words**.", "en")


def aims_elsewhere(workshop):
    workshop.aim_at(["Count sources", "Protect people"])


UNTOLD_CHANGES = {
    "workshops.scope": sets(scope="regional", regions=["africa"]),
    "workshops.audience": sets(audience="Planners"),
    "workshops.text": reworded,
    "workshops.capacity_online": sets(capacity_online=70),
    "workshops.quota": sets(quota={"max_per_city": 3}),
    "workshops.registration_until": lambda workshop: workshop.register_until(
        workshop.registration_until - 24 * HOUR
    ),
    "learning_objectives.title": aims_elsewhere,
    "workshop_themes.theme_id": lambda workshop: workshop.themes.append(ThemeFactory()),
    "the same languages in another order": sets(working_languages=["fr", "en"]),
}


@pytest.fixture
def workshop():
    made = WorkshopFactory(
        is_open=True,
        title="Counting what matters",
        joining_link="https://meet.example/1",
        host_city_id=CityFactory(name="Tunis").id,
    )
    made.register(MemberFactory(timezone="Africa/Tunis"), "online", "en")
    return made


def news():
    mails = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id))
    return [mail for mail in mails if mail.template != "workshops/place"]


@pytest.mark.parametrize(("change", "before", "after"), TOLD.values(), ids=TOLD)
def test_what_people_hold_is_told_with_what_was_and_what_is(workshop, change, before, after):
    counted = workshop.schedule.sequence
    with workshop.amending(organiser()):
        change(workshop)
    db.session.flush()

    (mail,) = news()
    letter = compose(mail)
    for part in (letter.text, letter.html):
        was, _words, now = part.rpartition("from now on:")
        assert before in was and after in now and "{{" not in part
    assert workshop.schedule.sequence == counted + 1


@pytest.mark.parametrize("change", UNTOLD_CHANGES.values(), ids=UNTOLD_CHANGES)
def test_what_has_a_reason_tells_nobody(workshop, change):
    counted = workshop.schedule.sequence
    with workshop.amending(organiser()):
        change(workshop)

    assert (news(), workshop.schedule.sequence) == ([], counted)


def test_each_column_is_told_or_has_a_reason():
    tables = [model.__table__ for model in (Workshop, Schedule, EventSession, LearningObjective)]
    columns = {f"{table.name}.{column.name}" for table in (*tables, workshop_themes) for column in table.c}

    assert TOLD.keys() | UNTOLD.keys() == columns | {"cities.name"}
    assert not TOLD.keys() & UNTOLD.keys() and all(UNTOLD.values())


READ_OF_OTHERS = {
    "changes": "its steps",
    "end_of_first_day": "of the sessions",
    "excerpt": "of the text",
    "host_city": "cities.name",
    "is_taking_registrations": "of the state and the deadline",
    "languages_offered": "of the languages",
    "last_change": "its steps",
    "places_offered": "of mode and capacity",
    "capacity": "capacity_in_person, capacity_online",
    "objectives": "learning_objectives.title",
    "schedule": "schedules",
    "space": "where it hangs: its name is not what was promised",
    "themes": "workshop_themes",
    "timezone": "schedules.timezone",
}
SHOWN_IN = (
    "templates/workshops/_body.html",
    "templates/workshops/_registration.html",
    "templates/workshops/_state_notice.html",
    "templates/workshops/_deadline.html",
    "templates/workshops/_places.html",
    "templates/workshops/show.html",
    "cityexchange/workshops/calendar.py",
    *map(str, sorted(Path("templates/mail/workshops").iterdir())),
)


def test_whatever_page_mail_and_calendar_read_is_among_them():
    texts = "\n".join(Path(name).read_text() for name in SHOWN_IN)
    read = set(re.findall(r"\b(?:workshop|words)\.(\w+)", texts)) - {"models", "get", "items"}
    columns = {column.name for column in Workshop.__table__.c}

    assert read <= columns | READ_OF_OTHERS.keys()


IN_CALENDARS = {
    "uid": "event_sessions.uid",
    "title": "workshops.title",
    "starts_at": "event_sessions.starts_at",
    "ends_at": "event_sessions.ends_at",
    "zone": "schedules.timezone",
    "url": "workshops.id",
    "changed_at": "schedules.updated_at",
    "sequence": "schedules.sequence",
    "description": "workshops.joining_link",
    "location": "workshops.venue",
    "is_cancelled": "event_sessions.called_off_at",
}


def test_each_field_of_the_calendar_file_is_among_them():
    assert set(Entry.__dataclass_fields__) == IN_CALENDARS.keys()
    assert set(IN_CALENDARS.values()) <= TOLD.keys() | UNTOLD.keys()


def test_a_new_name_of_its_host_reaches_those_alone_who_wait_for_it(workshop):
    draft, over = WorkshopFactory.create_batch(2, host_city_id=workshop.host_city_id, is_open=True)
    for one in (draft, over):
        one.register(MemberFactory(), "online", "en")
    draft.state, over.state = "draft", "completed"
    told, counted = len(news()), [one.schedule.sequence for one in (draft, over)]

    workshop.host_city.name = "Tunis al-Jadida"

    assert [mail.record_id for mail in news()[told:]] == [registration_id(workshop)]
    assert [one.schedule.sequence for one in (draft, over)] == counted


def registration_id(workshop):
    return db.session.scalars(workshop.registrations.select()).one().id
