"""Steps that several tests of seats take."""

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db, utcnow
from cityexchange.members.models import Seat
from cityexchange.membership.models import CharterAcceptance
from cityexchange.membership.offers import PlaceOffer
from tests.factories import CityFactory, MemberFactory

PERSON = {
    "name": "Zoë Müller",
    "job_title": "Officer",
    "email": "Zoe@lyon.example",
    "locale": "fr",
    "note": "Welcome.",
    "role": "member",
}
CITY_FORM = {
    "own_name": "Port Amel",
    "own_country": "TN",
    "own_timezone": "Africa/Tunis",
    "name": "Hela Mansour",
    "job_title": "Head of social affairs",
    "email": "Hela@portamel.example",
    "deputy_name": "Sami Jlassi",
    "deputy_job_title": "Officer",
    "deputy_email": "sami@portamel.example",
    "signatory": "The mayor",
    "domain": "PortAmel.example",
    "kind": "transit",
    "kind_why": "On the way to the islands.",
    "working_languages": ["ar", "fr"],
    "accepts_charter": "y",
}


def seats_of(member):
    held = db.session.scalars(db.select(Seat).filter_by(member_id=member.id).order_by(Seat.id))
    return [(seat.role, seat.until is None) for seat in held]


def offer_of(browser, path="/cities/lyon/invitations", **changes):
    answer = browser.post(path, data=PERSON | changes)
    return answer, db.session.scalars(db.select(PlaceOffer).order_by(PlaceOffer.id.desc())).first()


def take(browser, offer, mails):
    browser.post(f"/place-offers/{offer.id}/code")
    return confirm(browser, offer, mails()[-1].facts["code"])


def confirm(browser, offer, code):
    return browser.post(f"/place-offers/{offer.id}/confirm", data={"code": code})


def suspend(browser, path, **changes):
    return browser.post(path, data={"days": "7", "reason": "Names of migrants were posted."} | changes)


def person(city, role, **values):
    member = MemberFactory(city=city, role=role, email_confirmed_at=utcnow(), **values)
    member.seen_at = utcnow()
    return member


def seat_of(city, role):
    return next(s for s in db.session.scalars(db.select(Seat).filter_by(city_id=city.id)) if s.role == role)


def whole_city(domain="lyon.example", **values):
    """All that a city needs, and not settled yet."""
    city = CityFactory(state="applied", **values)
    person(city, "city_focal_point", name="Ana")
    person(city, "city_deputy", name="Ben")
    EmailDomain.claim(city, domain).verify(None)
    CharterAcceptance.record(city, "The mayor")
    db.session.flush()
    return city
