"""What other pages show of membership."""

from datetime import timedelta

from cityexchange.cities.models import City
from cityexchange.core.db import at_most, db, utcnow
from cityexchange.core.ordering import by_name, in_order
from cityexchange.core.policy import can, visible_to
from cityexchange.core.reader import Reader
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running
from cityexchange.membership.activation import WAITING, missing
from cityexchange.membership.charters import CHARTERS, GRACE_DAYS, newest
from cityexchange.membership.models import CharterAcceptance, CityApplication, Suspension
from cityexchange.membership.offers import open_offers

MOST = 30
"""Lines of a panel."""
SOON = 30
"""Days before the end of a seat that count as soon."""


def missing_panel(member, city):
    """On the page of a city that does not take part yet: what it lacks, and for its people the way to their desk."""
    lacking = missing(city) if city.state in WAITING else []
    is_theirs = can(member, "run", city)
    if not (lacking or is_theirs):
        return None
    return "membership/_missing.html", {"city": city, "lacking": lacking, "is_theirs": is_theirs}


def people_panel(member, place):
    """On the desk of a city or an organisation: who holds a seat, who is asked in, and what waits for an answer."""
    is_city = isinstance(place, City)
    held = db.select(Seat, Member).join(Member, Member.id == Seat.member_id)
    theirs = (Seat.city_id if is_city else Seat.organisation_id) == place.id
    held = held.where(theirs, running(), Member.state.in_(("active", "locked")))
    context = {
        "place": place,
        "is_city": is_city,
        "seats": by_name(db.session.execute(held), lambda row: row.Member.name),
        "offers": open_offers(place),
        "requests": requests_to(member, place) if is_city else [],
    }
    return "membership/_people.html", context


def requests_to(member, city):
    waiting = visible_to(member, JoinRequest).where(
        JoinRequest.state == "waiting", JoinRequest.city_id == city.id
    )
    return db.session.scalars(waiting.order_by(JoinRequest.id)).all()


def ending_panel(member):
    """Seats whose last day is near."""
    soon = utcnow().date() + timedelta(days=SOON)
    seats = visible_to(member, Seat).where(Seat.until.is_not(None), running(), Seat.until <= soon)
    found = db.session.scalars(seats.order_by(Seat.until).limit(at_most(MOST))).all()
    return ("membership/_ending.html", {"seats": found}) if found else None


def suspension_panel(reader: Reader, member):
    """On the page of a member who stands aside: until when and why, for those who may lift it."""
    suspension = Suspension.running(member)
    may_lift = suspension and can(reader, "lift", suspension)
    return ("membership/_suspension.html", {"suspension": suspension}) if may_lift else None


def suspension_of(member):
    """What a suspended member reads instead of coming in."""
    suspension = Suspension.running(member)
    return suspension and ("membership/_suspended.html", {"suspension": suspension})


def applications_panel(member):
    waiting = visible_to(member, CityApplication).where(CityApplication.state == "waiting")
    found = db.session.scalars(waiting.order_by(CityApplication.id).limit(at_most(MOST))).all()
    return "membership/_applications.html", {"applications": found}


def charter_panel(member):
    """Active cities that have not accepted the newest charter yet."""
    version = newest(utcnow().date())
    done = db.select(CharterAcceptance.city_id).where(CharterAcceptance.version == version)
    due = visible_to(member, City).where(City.state == "active", City.id.not_in(done))
    cities = db.session.scalars(due.order_by(*in_order(City)).limit(at_most(MOST))).all()
    until = CHARTERS[version] + timedelta(days=GRACE_DAYS)
    return (
        ("membership/_charter_due.html", {"cities": cities, "version": version, "until": until})
        if cities
        else None
    )


def sleeping_panel(member):
    """Cities that are on their way or fell asleep, each with what it lacks."""
    found = visible_to(member, City).where(City.state.in_(("verified", "dormant", "suspended")))
    cities = db.session.scalars(found.order_by(City.state, *in_order(City)).limit(at_most(MOST))).all()
    lines = [(city, missing(city)) for city in cities]
    return ("membership/_sleeping.html", {"lines": lines}) if lines else None
