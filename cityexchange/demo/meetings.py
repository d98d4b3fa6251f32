"""The workshops of the illustrative community, announced and opened by their organiser, and who registered."""

from datetime import datetime, time

from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.demo.community import REGIONS
from cityexchange.demo.content import moved, read
from cityexchange.demo.translations import translate_all
from cityexchange.events.models import Slot
from cityexchange.languages.models import translate
from cityexchange.themes.models import Theme
from cityexchange.workshops.drafting import blank


def load_workshops(members):
    for facts in read("demo")["workshops"]:
        extra = read("extras")["workshops"][facts["id"]]
        workshop = draft(facts, extra, members["organiser"])
        translate_all(workshop, read("translations")["workshops"].get(facts["id"], {}), members["organiser"])
        bring_to(workshop, facts["status"], members["organiser"])
        for key, mode, language in read("extras")["registrations"].get(facts["id"], ()):
            workshop.register(members[key], mode, language)


def draft(facts, extra, organiser):
    workshop = blank(organiser)
    workshop.title = facts["title"][extra["language"]]
    workshop.write(extra["text"], extra["language"])
    workshop.host_city = db.session.scalar(db.select(City).filter_by(slug=facts["host_city"]))
    workshop.themes = list(db.session.scalars(db.select(Theme).where(Theme.key.in_(facts["themes"]))))
    describe(workshop, facts, extra)
    db.session.add(workshop)
    workshop.aim_at(extra["objectives"])
    workshop.meet(extra["zone"], slots(facts, extra))
    workshop.register_until(moved(facts["registration_deadline"]))
    db.session.flush()
    for language in facts["title"].keys() - {extra["language"]}:
        translate(workshop, "title", language, facts["title"][language], "human", organiser)
    return workshop


def describe(workshop, facts, extra):
    for name, value in {
        "scope": facts["scope"],
        "regions": [REGIONS[region] for region in facts["regions"] if region != "*"],
        "mode": facts["mode"],
        "venue": extra.get("venue", ""),
        "joining_link": extra.get("link", ""),
        "working_languages": facts["languages"],
        "interpretation": facts["interpretation"],
        "audience": extra["audience"],
        "cost_statement": extra["cost"],
        "accessibility_note": extra["accessibility"],
        "data_notice": extra["data_notice"],
        "capacity_in_person": facts["capacity"].get("in_person"),
        "capacity_online": facts["capacity"].get("online"),
        "quota": facts["quota"],
        "is_illustrative": True,
    }.items():
        setattr(workshop, name, value)


def slots(facts, extra):
    days = [moved(day) for day in facts["dates"]]
    for title, (day, starts, ends) in zip(facts["sessions"], extra["sessions"], strict=True):
        begin, end = (datetime.combine(days[day], time.fromisoformat(clock)) for clock in (starts, ends))
        yield Slot(title=title, wall_starts=begin, wall_ends=end, language="en")


def bring_to(workshop, state, organiser):
    if state in ("announced", "registration_open"):
        workshop.announce(organiser)
    if state == "registration_open":
        workshop.open_registration(organiser)
