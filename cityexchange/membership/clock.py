"""What the worker looks after: suspensions and seats that end, cities that have fallen asleep, and what waits."""

from datetime import timedelta

from sqlalchemy import func, select

from cityexchange.cities.models import City
from cityexchange.cities.signals import city_stepped_out
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import queue_mail
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import coordinators, running, speakers_of
from cityexchange.members.waiting import REMINDED_AFTER, step_of
from cityexchange.membership.activation import INCOMPLETE_DAYS, settle, without_two
from cityexchange.membership.charters import CHARTERS, GRACE_DAYS, accepted_ones, newest
from cityexchange.membership.models import CharterAcceptance, CityApplication, Suspension

CHARTER_STEPS = (0, 30, 60, GRACE_DAYS - 7)
"""Days after a new version of the charter."""
SLEEP = timedelta(days=182)
"""Without a sign-in of anybody with a seat, a city is dormant (practice.md 2.2: six months)."""


def lift_what_has_ended() -> None:
    for suspension in Suspension.ended():
        suspension.lift()
        if suspension.city:
            settle(suspension.city)


def note_the_incomplete() -> None:
    """Cities that lost one of their two people, or whose charter counts no more; and the end of the days in which theirs go on."""
    today = utcnow().date()
    counts = select(CharterAcceptance.city_id).where(CharterAcceptance.version.in_(accepted_ones(today)))
    active = select(City).where(City.state == "active")
    for cities in (without_two(active), active.where(City.id.not_in(counts))):
        for city in db.session.scalars(cities).all():
            settle(city)
    over = City.incomplete_since <= today - timedelta(days=INCOMPLETE_DAYS)
    for city in db.session.scalars(select(City).where(over)).all():
        city.incomplete_since = None
        city.become(city.state, "end_days_of_grace")
        city_stepped_out.send(city=city)


def note_the_dormant() -> None:
    asleep = last_seen_before(utcnow() - SLEEP)
    for city in db.session.scalars(select(City).where(City.state == "active", City.id.in_(asleep))).all():
        city.become("dormant", "fall_asleep")
        for member in speakers_of(city.id):
            queue_mail(f"dormant:{city.id}:{utcnow().date()}:{member.id}", member, "membership/dormant", city)


def last_seen_before(moment):
    """Ids of cities none of whose people was here since."""
    seen = func.coalesce(Member.seen_at, Member.created_at)
    people = select(Seat.city_id).join(Member, Member.id == Seat.member_id)
    people = people.where(Seat.city_id.is_not(None), running())
    return people.group_by(Seat.city_id).having(func.max(seen) < moment)


def tell_of_ends() -> None:
    """A month and a week before the last day of a seat, its holder and the city hear of it, once each."""
    today = utcnow().date()
    for seat in db.session.scalars(
        select(Seat).where(Seat.until > today, Seat.until <= today + timedelta(days=30))
    ):
        days = 7 if seat.until <= today + timedelta(days=7) else 30
        told = {member.id: member for member in [seat.member, *speakers_of(seat.city_id)]}
        for member in told.values():
            key = f"seat_ends:{seat.id}:{seat.until}:{days}:{member.id}"
            facts = {"place": seat.place.name_in(member.locale), "until": seat.until.isoformat()}
            queue_mail(key, member, "membership/seat_ends", name=seat.member.name, **facts)


def remind_of_the_charter() -> None:
    """After a new version: those who speak for a city that has accepted the one before hear of it at once, and again before it counts no more."""
    today, version = utcnow().date(), newest(utcnow().date())
    days = (today - CHARTERS[version]).days
    if version == 1 or days >= GRACE_DAYS:
        return
    step = max(step for step in CHARTER_STEPS if step <= days)
    facts = {"version": version, "until": (CHARTERS[version] + timedelta(days=GRACE_DAYS)).isoformat()}
    accepted = select(CharterAcceptance.city_id).where(CharterAcceptance.version == version)
    due = select(City).where(City.state == "active", City.id.not_in(accepted))
    for city in db.session.scalars(due).all():
        for member in speakers_of(city.id):
            key = f"charter:{version}:{step}:{city.id}:{member.id}"
            queue_mail(key, member, "membership/charter_due", city, **facts)


def remind_the_team() -> None:
    """Of cities that applied and wait."""
    first = utcnow() - timedelta(days=REMINDED_AFTER[0])
    waiting = select(CityApplication).where(
        CityApplication.state == "waiting", CityApplication.created_at <= first
    )
    for application in db.session.scalars(waiting).all():
        step = step_of(application.created_at)
        for member in coordinators():
            key = f"application_waits:{application.id}:{step}:{member.id}"
            queue_mail(key, member, "membership/application_waits", application, days=step)
