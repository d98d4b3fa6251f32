"""Invented visits and applications, made through the models' own verbs."""

from datetime import timedelta

from cityexchange.core.db import db, utcnow
from cityexchange.visits.models import APPLICATION_PARTS, OFFER_PARTS, StudyVisit, VisitApplication
from tests.factories import CityFactory, MemberFactory, ThemeFactory

WEIGHTS = {"goals": 30, "power_to_act": 25, "balance": 20, "follow_up": 25}
CANARY = "canary-7f3a-motivation"


def coordinator():
    return MemberFactory(city=None, team_role="coordinator")


def host_team(**city):
    """An official, and the focal point, of one city."""
    city = CityFactory(**city)
    return MemberFactory(city=city), MemberFactory(city=city, role="city_focal_point")


def offered_visit(by, **values):
    """A complete offer in draft."""
    first_day = utcnow().date() + timedelta(days=120)
    visit = StudyVisit.offer(by, values.pop("title", "Reception in many languages"))
    complete = {
        "theme": ThemeFactory(),
        "starts_on": first_day,
        "ends_on": first_day + timedelta(days=2),
        "closes_on": first_day - timedelta(days=60),
        "working_languages": ["fr", "en"],
        "criteria": WEIGHTS,
        "sites": ["Welcome desk", "Course room"],
        "texts": {part: f"What we say about {part} in plain words." for part in OFFER_PARTS},
        "language": "en",
    }
    visit.revise(**(complete | values))
    return visit


def reviewed_visit(by, focal_point, **values):
    visit = offered_visit(by, **values)
    visit.submit(by)
    visit.endorse(focal_point)
    return visit


def open_visit(**values):
    """A visit whose call is open."""
    official, focal_point = host_team()
    visit = reviewed_visit(official, focal_point, **values)
    visit.open_call(coordinator())
    return visit


def close_in_the_past(visit):
    """Moves the deadline to a minute ago, as time would."""
    visit.call_deadline = utcnow() - timedelta(minutes=1)
    db.session.flush()
    return visit


def draft_application(visit, applicant=None, **texts):
    application = VisitApplication.begin(applicant or MemberFactory(), visit)
    parts = {part: f"Some words on {part}." for part in APPLICATION_PARTS} | {"motivation": CANARY}
    application.revise([f"{CANARY} goal {n}" for n in (1, 2, 3)], language="en", **(parts | texts))
    return application


def sent_application(visit, applicant=None):
    application = draft_application(visit, applicant)
    application.submit(application.applicant)
    return application


def application_fields(**fields):
    """What the form needs to be sent."""
    goals = {f"goal_{n}": f"explain step {n} to my council" for n in (1, 2, 3)}
    return (
        goals
        | {
            "motivation": "We receive newcomers without an interview.",
            "power_to_act": "I lead the desk.",
            "gives_back": "Our forms.",
            "travellers": "Two: the head of the desk and an interpreter.",
        }
        | fields
    )
