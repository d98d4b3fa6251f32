"""The study visits of the illustrative community, each brought to its state by the steps of the practice."""

from datetime import UTC, datetime, time, timedelta

from cityexchange.cities.models import City
from cityexchange.core.db import clock_at, db
from cityexchange.demo.content import moved, read
from cityexchange.themes.models import Theme
from cityexchange.visits.models import StudyVisit, VisitApplication

LANGUAGES = {"English": "en", "Spanish": "es", "French": "fr"}
CRITERIA = {"goals": "goals", "power": "power_to_act", "balance": "balance", "follow": "follow_up"}
TEXTS = {
    "question": "question",
    "shown": "text",
    "failure": "failure",
    "cost": "cost",
    "access": "access",
    "safety": "safety",
    "reception": "receives",
}
STEPS = (
    "offer_draft",
    "offer_review",
    "call_open",
    "selecting",
    "selected",
    "preparing",
    "ready",
    "under_way",
)
STEPS += ("reporting", "follow_up")


def load_visits(members):
    hosts = {item["city"]: members[key] for key, item in read("demo")["people"].items() if item["city"]}
    for item in read("demo")["study_visits"]:
        host = hosts.get(item["host"], members["coord"])
        visit = offer(item, host)
        opened_at = call_opening(item)
        for step in STEPS[1 : STEPS.index(item["status"]) + 1]:
            if step == "selecting":
                load_applications(item["id"], visit, members, opened_at)
            take_step(visit, step, host, members["coord"], opened_at)
        if item["status"] == "call_open":
            load_applications(item["id"], visit, members, opened_at)


def offer(item, host):
    extra = read("extras")["visits"][item["id"]]
    city = db.session.scalar(db.select(City).filter_by(slug=item["host"]))
    visit = StudyVisit.offer(host, item["title"], city)
    kind, languages = interpretation(item["interpretation"])
    visit.revise(
        sites=item["sites"],
        texts={part: extra[name] for part, name in TEXTS.items()},
        language=extra["language"],
        closes_on=moved(item["call_deadline"]) if item["call_deadline"] else None,
        theme=db.session.scalar(db.select(Theme).filter_by(key=item["theme"])),
        mode=item["mode"],
        starts_on=moved(item["dates"][0]),
        ends_on=moved(item["dates"][1]),
        group_min=item["group_min"],
        group_max=item["group_max"],
        per_city=item["per_city"],
        working_languages=item["languages"],
        interpretation=kind,
        interpretation_languages=languages,
        criteria={criterion(name): weight for name, weight in item["criteria"].items()},
        is_illustrative=True,
    )
    return visit


def interpretation(words):
    """("whisper", ["en"]) of "whisper, English"."""
    languages = [code for name, code in LANGUAGES.items() if name in words]
    kind = words.split(",")[0].split(" ")[0]
    return (kind, languages if kind != "none" else [])


def criterion(words):
    return next(key for part, key in CRITERIA.items() if part in words)


def call_opening(item):
    """Six weeks before the deadline, or today for an offer without one."""
    day = moved(item["call_deadline"]) if item["call_deadline"] else None
    return datetime.combine(day, time(9), UTC) - timedelta(weeks=6) if day else None


def take_step(visit, step, host, coordinator, opened_at):
    if step == "offer_review":
        visit.submit(host)
    elif step == "call_open":
        visit.endorse(host)
        with clock_at(opened_at):
            visit.open_call(coordinator)
    elif step == "selecting":
        visit.close_call(coordinator)
    else:
        visit.advance(step, coordinator)


def load_applications(id, visit, members, opened_at):
    for item in read("extras")["applications"].get(id, ()):
        member = members[item["applicant"]]
        application = VisitApplication.begin(member, visit)
        parts = read("extras")["application_parts"][item["language"]]
        application.revise(
            goals=item["goals"], language=item["language"], motivation=item["motivation"], **parts
        )
        with clock_at(opened_at + timedelta(days=9)):
            application.submit(member)
        decide(application, item, member, members["coord"])


def decide(application, item, applicant, coordinator):
    state, reason = item["state"], item["reason"]
    if state == "withdrawn":
        application.withdraw(applicant)
    elif state == "ineligible":
        application.decide(state, coordinator, reason)
    elif state != "submitted":
        application.endorse(applicant)
        application.decide("eligible", coordinator)
        application.decide(state, coordinator, reason or read("extras")["reserve_reason"])
