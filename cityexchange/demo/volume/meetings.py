"""Workshops, announced and opened by the models' own steps; the first has all the registrants."""

from datetime import datetime, time, timedelta

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.demo.volume import words
from cityexchange.demo.volume.people import BEGAN_AT, insert_many
from cityexchange.events.models import Slot
from cityexchange.members.models import Member
from cityexchange.workshops.drafting import blank
from cityexchange.workshops.registrations import Registration


def load_workshops(random, size, crowd):
    if not size.workshops:
        return
    organiser, city = db.session.get(Member, crowd[0][0]), db.session.get(City, crowd[0][1])
    workshops = [workshop(random, number, organiser, city, size) for number in range(size.workshops)]
    insert_many(Registration, registration_rows(workshops[0], crowd[: size.registrants]))


def workshop(random, number, organiser, city, size):
    made = blank(organiser)
    made.title, made.host_city = words.line(random, 4, 8), city
    made.write(words.long_text(random), "en")
    for name, value in columns_of(random, size.registrants or 1).items():
        setattr(made, name, value)
    db.session.add(made)
    made.aim_at([words.line(random, 6, 10) for _ in range(3)])
    day = utcnow().date() + timedelta(days=30 + number)
    made.meet("UTC", [slot(day + timedelta(days=offset)) for offset in range(2)])
    made.register_until(day - timedelta(days=1))
    made.announce(organiser)
    made.open_registration(organiser)
    return made


def columns_of(random, places):
    return {
        "scope": "international", "mode": "hybrid", "venue": "Example hall", "working_languages": ["en", "fr"],
        "interpretation": [["en", "fr"]], "audience": words.sentences(random, 20), "quota": {},
        "cost_statement": words.sentences(random, 10), "accessibility_note": words.sentences(random, 10),
        "data_notice": words.sentences(random, 10), "capacity_in_person": places, "capacity_online": places,
        "joining_link": "https://www.example.org/room", "is_illustrative": True,
    }  # fmt: skip


def slot(day):
    begins, ends = (datetime.combine(day, time(hour)) for hour in (9, 12))
    return Slot(title="Example session", wall_starts=begins, wall_ends=ends)


def registration_rows(workshop, crowd):
    return [
        {
            "workshop_id": workshop.id, "member_id": member, "city_id": city, "language": "en", "state": "confirmed",
            "mode": ("in_person", "online")[place % 2], "registered_at": BEGAN_AT, "confirmed_at": BEGAN_AT,
        }
        for place, (member, city) in enumerate(crowd)
    ]  # fmt: skip
