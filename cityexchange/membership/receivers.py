"""What follows from a step of membership, by mail; and a city that takes part again because somebody came."""

from datetime import timedelta

from sqlalchemy import select

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import queue_mail
from cityexchange.members.models import Seat
from cityexchange.members.seats import coordinators, running, speakers_of
from cityexchange.members.signals import letter_received, signed_in
from cityexchange.membership.activation import WAITING, goes_on_until, settle
from cityexchange.membership.models import CityApplication, Suspension
from cityexchange.membership.signals import (
    city_activated,
    city_applied,
    city_reduced,
    city_suspended,
    place_offered,
    place_taken,
)

JUST_NOW = timedelta(minutes=1)
"""Within which a place ended with the step that began another."""


@signed_in.connect
def wake_the_city(session):
    """The deputy's first sign-in may be what the city lacked; any sign-in wakes a dormant one."""
    seats = select(Seat.city_id).where(Seat.member_id == session.member_id, running())
    for city in db.session.scalars(select(City).where(City.id.in_(seats), City.state.in_(WAITING))).all():
        settle(city)


@city_applied.connect
def ask_for_a_decision(application):
    for member in coordinators():
        queue_mail(
            f"applied:{application.id}:{member.id}", member, "membership/application_waits", application
        )


@letter_received.connect
def tell_of_the_letter(record):
    """Once: a letter in place of another is no news."""
    for member in coordinators() if isinstance(record, CityApplication) else ():
        key = f"application_letter:{record.id}:{member.id}"
        queue_mail(key, member, "membership/application_waits", record, has_letter=True)


@city_activated.connect
def tell_that_it_takes_part(city):
    for member in speakers_of(city.id):
        queue_mail(
            f"activated:{city.id}:{city.updated_at.timestamp():.0f}:{member.id}",
            member,
            "membership/activated",
            city,
        )


@city_reduced.connect
def tell_what_is_missing(city):
    for member in speakers_of(city.id):
        key = f"incomplete:{city.id}:{city.incomplete_since}:{member.id}"
        queue_mail(key, member, "membership/incomplete", city, until=goes_on_until(city).isoformat())


@city_suspended.connect
def tell_of_suspension(suspension: Suspension):
    facts = {"reason": suspension.reason, "until": suspension.until.date().isoformat()}
    for member in [suspension.member] if suspension.member else speakers_of(suspension.city.id):
        facts["city"] = suspension.city.name_in(member.locale) if suspension.city else ""
        # By address: who is suspended is mailed nothing else.
        queue_mail(
            f"suspended:{suspension.id}:{member.id}",
            None,
            "membership/suspended",
            address=member.email,
            locale=member.locale,
            **facts,
        )


@place_offered.connect
def tell_of_the_offer(offer):
    facts = {"offer_id": offer.id, "place": offer.place.name_in(offer.locale)}
    facts |= {"by": offer.by.name, "note": offer.note}
    is_handed_over = offer.replaces_id is not None
    queue_mail(
        f"place_offer:{offer.id}", None, "membership/offer",
        address=offer.email, locale=offer.locale, is_handed_over=is_handed_over, **facts,
    )  # fmt: skip


@place_taken.connect
def tell_that_it_was_taken(offer, member):
    told = {offer.by, offer.replaces.member if offer.replaces else None} - {None, member}
    for one in told:
        facts = {
            "name": member.name,
            "place": offer.place.name_in(one.locale),
            "is_handed_over": offer.replaces_id is not None,
        }
        queue_mail(f"place_taken:{offer.id}:{one.id}", one, "membership/taken", **facts)
    if offer.city:
        settle(offer.city)


@place_taken.connect
def tell_the_city_that_loses_somebody(offer, member):
    """Nobody there pressed anything: a place in another city, or in an organisation, has ended theirs."""
    lost = select(Seat).where(Seat.member_id == member.id, Seat.city_id.is_not(None), ~running())
    for seat in db.session.scalars(lost.where(Seat.updated_at > utcnow() - JUST_NOW)).all():
        if seat.city != offer.city:
            for one in speakers_of(seat.city_id):
                key = f"moved_away:{offer.id}:{one.id}"
                queue_mail(key, one, "membership/moved_away", seat.city, name=member.name)
            settle(seat.city)
