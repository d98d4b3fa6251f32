"""Who asks for a place, among what waits for those who decide about it."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import or_

from cityexchange.cities.models import City
from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.db import at_most, constant
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import MOST, Said, Wait, lines, moment, waits
from cityexchange.members.joining import JoinRequest


def find(reader: Reader):
    """For who speaks for a city those who ask to join it; for the team those whom no city knows by the address, and those who
    wait for their city in vain."""
    is_team = reader.has_team_role("coordinator", "admin")
    speaks_for = reader.seat.city_id if reader.seat and reader.seat.role in SPEAKERS else None
    if not is_team and speaks_for is None:
        return None
    waiting = visible_to(reader, JoinRequest).where(JoinRequest.state == constant("waiting"))
    if is_team:
        theirs = ~JoinRequest.is_of_domain, JoinRequest.created_at < moment("a_week_ago")
        waiting = waiting.where(or_(*theirs, JoinRequest.city_id == speaks_for))
    oldest = waiting.outerjoin(City, City.id == JoinRequest.city_id).order_by(JoinRequest.id)
    known = {"since": JoinRequest.created_at, "who": JoinRequest.name, "city": City.called}
    return lines(
        oldest.limit(at_most(MOST)), "JoinRequest", JoinRequest.id, note=JoinRequest.city_name, **known
    )


def say(row):
    city = str(row.city or row.note)
    return Said(
        kind=_("A place is asked for"),
        title=_("%(name)s asks for a place", name=row.who),
        why=_("In %(city)s. You decide whether this person comes in.", city=city) if city else "",
        way=_("Look at it and decide"),
        address=url_for("members.show_join_request", id=row.id),
    )


def init_app():
    waits.add("joining", Wait("joining", find, say, "city"), order=20)
