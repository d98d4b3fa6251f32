"""The weekly letter: on the morning of the first working day, where the member is, once; never empty, and to nobody who has switched it off."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import force_locale
from sqlalchemy import Date as DateType
from sqlalchemy import Select, bindparam, exists, select

from cityexchange.cities.models import City
from cityexchange.core import jobs
from cityexchange.core.db import at_most, db, rows, unit_of_work, utcnow
from cityexchange.core.mail import queue_mail
from cityexchange.core.mail.letters import NothingToSay
from cityexchange.core.outages import outage_of
from cityexchange.core.prepared import prepared
from cityexchange.digest.choosing import choose
from cityexchange.digest.items import Item
from cityexchange.digest.models import Digest, DigestItem
from cityexchange.digest.weeks import is_due, week_at
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running
from cityexchange.notifications.letters import without

log = logging.getLogger(__name__)
KIND, TEMPLATE = "digest", "digest/weekly"
RECENT = timedelta(days=5)
"""A week that began so long ago is not the one before: more than LATE and a day that zones lie apart, less than a week without that day."""


def write_letters() -> None:
    """Each in units of its own: nobody waits for five thousand letters, and two workers share them."""
    for member_id, week in members_due(utcnow()):
        if jobs.stopping.is_set():
            return
        try:
            write_letter(member_id, week)
        except Exception as error:
            if outage_of(error):
                raise
            log.exception("no weekly letter to member %s", member_id)  # the others wait for none of this


def members_due(now: datetime) -> list[tuple[int, date]]:
    """(number, week) of those whose week has begun and who have no letter of it yet."""
    with unit_of_work(writing=False):
        found = rows(_without_letter(), {"recent": (now - RECENT).date()}).all()
    places = {(row.timezone, row.country) for row in found}
    weeks = {place: week_at(now, *place) for place in places if is_due(now, *place)}
    return [
        (row.id, weeks[row.timezone, row.country]) for row in found if (row.timezone, row.country) in weeks
    ]


@prepared
def _without_letter() -> Select[Any]:
    seat = (
        select(City.country).join(Seat, Seat.city_id == City.id).where(Seat.member_id == Member.id, running())
    )
    country = seat.order_by(Seat.id.desc()).limit(at_most(1)).scalar_subquery()
    written = Digest.member_id == Member.id, Digest.week > bindparam("recent", type_=DateType)
    reached = Member.state == "active", ~without(KIND), ~exists().where(*written)
    return select(Member.id, Member.timezone, country.label("country")).where(*reached).order_by(Member.id)


def write_letter(member_id: int, week: date) -> bool:
    """Whether one goes out. Chosen before anything is locked; the row of the week is its unique key, also where there is nothing to write."""
    with unit_of_work(writing=False):
        member = db.session.get(Member, member_id)
        is_written = db.session.scalar(select(Digest.id).filter_by(member_id=member_id, week=week))
        if member is None or is_written:
            return False
        items = _chosen(member, week)
    with unit_of_work():
        member = db.session.get(Member, member_id)
        digest = Digest.begin(member, week) if member and member.active else None
        if digest is None or member is None or not items:
            return False
        db.session.add_all(_named(digest, items))
        queue_mail(f"digest:{digest.id}", member, TEMPLATE, record=digest)
        return True


def _chosen(member, week):
    with force_locale(member.locale):
        return choose(member, week)


def _named(digest, items: list[Item]) -> Iterator[DigestItem]:
    whose = {"digest_id": digest.id, "member_id": digest.member_id, "week": digest.week}
    for position, item in enumerate(items):
        kind, number = item.key
        yield DigestItem(source=item.source, record_type=kind, record_id=number, position=position, **whose)


def lines_in(digest: Digest, member: Member) -> tuple[Item, ...]:
    """What a letter named, as far as it still stands when it is sent: lost rights, removed and answered things are not in it.

    The subject asks, the parts of the letter read `digest.lines`. NothingToSay where nothing is left.
    """
    named = {(item.source, item.record_type, item.record_id): item.position for item in digest.items}
    found = choose(member, digest.week, named.keys())
    if not found:
        raise NothingToSay
    digest.lines = tuple(sorted(found, key=lambda item: named[item.source, *item.key]))
    return digest.lines
