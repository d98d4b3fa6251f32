"""The workshops of the illustrative community, announced and opened by their organiser, and who registered."""

from datetime import datetime, time

from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.demo.community import REGIONS
from cityexchange.demo.content import moved, read
from cityexchange.events.models import Slot
from cityexchange.themes.models import Theme
from cityexchange.workshops.drafting import blank


def load_workshops(members):
    for item in read("demo")["workshops"]:
        extra = read("extras")["workshops"][item["id"]]
        workshop = draft(item, extra, members["organiser"])
        bring_to(workshop, item["status"], members["organiser"])
        for key, mode, language in read("extras")["registrations"].get(item["id"], ()):
            workshop.register(members[key], mode, language)


def draft(item, extra, organiser):
    workshop = blank(organiser)
    workshop.title = item["title"][extra["language"]]
    workshop.write(extra["text"], extra["language"])
    workshop.host_city = db.session.scalar(db.select(City).filter_by(slug=item["host_city"]))
    workshop.themes = list(db.session.scalars(db.select(Theme).where(Theme.key.in_(item["themes"]))))
    describe(workshop, item, extra)
    db.session.add(workshop)
    workshop.aim_at(extra["objectives"])
    workshop.meet(extra["zone"], slots(item, extra))
    workshop.register_until(moved(item["registration_deadline"]))
    db.session.flush()
    return workshop


def describe(workshop, item, extra):
    for name, value in {
        "scope": item["scope"],
        "regions": [REGIONS[region] for region in item["regions"] if region != "*"],
        "mode": item["mode"],
        "venue": extra.get("venue", ""),
        "joining_link": extra.get("link", ""),
        "working_languages": item["languages"],
        "interpretation": item["interpretation"],
        "audience": extra["audience"],
        "cost_statement": extra["cost"],
        "accessibility_note": extra["accessibility"],
        "data_notice": extra["data_notice"],
        "capacity_in_person": item["capacity"].get("in_person"),
        "capacity_online": item["capacity"].get("online"),
        "quota": item["quota"],
        "is_illustrative": True,
    }.items():
        setattr(workshop, name, value)


def slots(item, extra):
    days = [moved(day) for day in item["dates"]]
    for title, (day, starts, ends) in zip(item["sessions"], extra["sessions"], strict=True):
        begin, end = (datetime.combine(days[day], time.fromisoformat(clock)) for clock in (starts, ends))
        yield Slot(title=title, wall_starts=begin, wall_ends=end, language=extra["language"])


def bring_to(workshop, state, organiser):
    if state in ("announced", "registration_open"):
        workshop.announce(organiser)
    if state == "registration_open":
        workshop.open_registration(organiser)
