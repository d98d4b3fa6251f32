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
    hosts = {facts["city"]: members[key] for key, facts in read("demo")["people"].items() if facts["city"]}
    for facts in read("demo")["study_visits"]:
        host = hosts.get(facts["host"], members["coord"])
        visit = offer(facts, host)
        opened_at = call_opening(facts)
        for step in STEPS[1 : STEPS.index(facts["status"]) + 1]:
            if step == "selecting":
                load_applications(facts["id"], visit, members, opened_at)
            take_step(visit, step, host, members["coord"], opened_at)
        if facts["status"] == "call_open":
            load_applications(facts["id"], visit, members, opened_at)


def offer(facts, host):
    extra = read("extras")["visits"][facts["id"]]
    city = db.session.scalar(db.select(City).filter_by(slug=facts["host"]))
    visit = StudyVisit.offer(host, facts["title"], city)
    kind, languages = interpretation(facts["interpretation"])
    visit.revise(
        sites=facts["sites"],
        texts={part: extra[name] for part, name in TEXTS.items()},
        closes_on=moved(facts["call_deadline"]) if facts["call_deadline"] else None,
        theme=db.session.scalar(db.select(Theme).filter_by(key=facts["theme"])),
        mode=facts["mode"],
        starts_on=moved(facts["dates"][0]),
        ends_on=moved(facts["dates"][1]),
        group_min=facts["group_min"],
        group_max=facts["group_max"],
        per_city=facts["per_city"],
        working_languages=facts["languages"],
        interpretation=kind,
        interpretation_languages=languages,
        criteria={criterion(name): weight for name, weight in facts["criteria"].items()},
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


def call_opening(facts):
    """Six weeks before the deadline, or today for an offer without one."""
    day = moved(facts["call_deadline"]) if facts["call_deadline"] else None
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
    for facts in read("extras")["applications"].get(id, ()):
        member = members[facts["applicant"]]
        application = VisitApplication.begin(member, visit)
        parts = read("extras")["application_parts"][facts["language"]]
        application.revise(
            goals=facts["goals"], language=facts["language"], motivation=facts["motivation"], **parts
        )
        with clock_at(opened_at + timedelta(days=9)):
            application.submit(member)
        decide(application, facts, member, members["coord"])


def decide(application, facts, applicant, coordinator):
    state, reason = facts["state"], facts["reason"]
    if state == "withdrawn":
        application.withdraw(applicant)
    elif state == "ineligible":
        application.decide(state, coordinator, reason)
    elif state != "submitted":
        application.endorse(applicant)
        application.decide("eligible", coordinator)
        application.decide(state, coordinator, reason or read("extras")["reserve_reason"])
