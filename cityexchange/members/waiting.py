"""Requests for a place that wait: who decides about them, and who is reminded."""

from datetime import datetime, timedelta

from sqlalchemy import select

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import queue_mail
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from cityexchange.members.seats import coordinators, speakers_of

REMINDED_AFTER = (3, 7, 10)
"""Days; after the last the coordination team hears of it too."""


def deciders_of(request: JoinRequest) -> list[Member]:
    """The city decides about an address of its own, the coordination team about others, and where nobody speaks for the city."""
    speakers = speakers_of(request.city_id) if request.city_id else []
    deciders = speakers if request.is_of_domain and speakers else [*speakers, *coordinators()]
    return list({one.id: one for one in deciders}.values())


def ask_for_a_decision(request: JoinRequest) -> None:
    """Once each: the key of a mail is sent once."""
    for member in deciders_of(request):
        queue_mail(f"join_asked:{request.id}:{member.id}", member, "members/join_asked", request)


def look_again() -> None:
    """A city takes part by now, or a domain is known: who can decide since then hears of it."""
    for request in db.session.scalars(select(JoinRequest).where(JoinRequest.state == "waiting")).all():
        if request.look_again():
            ask_for_a_decision(request)


def step_of(since: datetime) -> int | None:
    """Which of the days of REMINDED_AFTER has passed last, or None."""
    days = (utcnow() - since).days
    return max((step for step in REMINDED_AFTER if step <= days), default=None)


def remind() -> None:
    """Once a step: the key of a mail is sent once."""
    look_again()
    first = utcnow() - timedelta(days=REMINDED_AFTER[0])
    for request in db.session.scalars(
        select(JoinRequest).where(JoinRequest.state == "waiting", JoinRequest.created_at <= first)
    ):
        step = step_of(request.created_at)
        told = [*deciders_of(request), *(coordinators() if step == REMINDED_AFTER[-1] else [])]
        for member in {one.id: one for one in told}.values():
            key = f"join_reminder:{request.id}:{step}:{member.id}"
            queue_mail(key, member, "members/join_asked", request, days=step)
