"""What the pages below show of members."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from cityexchange.core.db import at_most, db, utcnow
from cityexchange.core.ordering import by_name, in_order
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.registries import MOST_TASKS, city_panels, desk_panels, open_tasks, theme_panels
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import AskTheme, Member, Seat
from cityexchange.members.policy import MemberPolicy

FEW = 24
MOST = 30
"""Requests on the desk."""


def people_of(member, city):
    """Who holds a seat in the city today, for those who may see members."""
    today = utcnow().date()
    seats = (
        db.select(Member.id, Member.name, Member.job_title, Member.asks_line, Member.locale, Seat.role)
        .join(Seat, Seat.member_id == Member.id)
        .where(Seat.city_id == city.id)
        .where(Seat.until.is_(None) | (Seat.until > today))
        .where(Member.id.in_(MemberPolicy.listed(member).with_only_columns(Member.id)))
    )
    people = by_name(db.session.execute(seats))
    return ("members/_people_of_city.html", {"people": people}) if people else None


def people_to_ask(reader: Reader, theme):
    """Who can be asked about a theme, for those who may see members."""
    found = MemberPolicy.listed(reader).join(AskTheme, AskTheme.member_id == Member.id)
    found = found.where(AskTheme.theme_id == theme.id)
    with_city = joinedload(Member.seat).joinedload(Seat.city)
    people = db.session.scalars(
        found.options(with_city).order_by(*in_order(Member)).limit(at_most(FEW))
    ).all()
    return ("members/_people_to_ask.html", {"people": people, "theme": theme.key}) if people else None


def requests_panel(member):
    """On the coordinator's desk: who waits for a place, the longest first, and what stands in the way."""
    waiting = visible_to(member, JoinRequest).where(JoinRequest.state == "waiting")
    waiting = waiting.options(joinedload(JoinRequest.city)).order_by(JoinRequest.created_at, JoinRequest.id)
    found = db.session.scalars(waiting.limit(at_most(MOST))).all()
    return "members/_requests.html", {"lines": [(asked, list(lacking(asked))) for asked in found]}


def requests_left(reader: Reader, member):
    """Who waits for a place in the city that a member speaks for, for the reader who sees them."""
    if not (member.seat and member.seat.city_id):
        return None
    waiting = visible_to(reader, JoinRequest).where(
        JoinRequest.state == "waiting", JoinRequest.city_id == member.seat.city_id
    )
    waiting = waiting.order_by(JoinRequest.created_at, JoinRequest.id).limit(at_most(MOST_TASKS))
    return [
        (_("%(name)s asks for a place", name=asked.name), url_for("members.show_join_request", id=asked.id))
        for asked in db.session.scalars(waiting)
    ]


def lacking(asked):
    """Keys of labels.LACKING."""
    city = asked.city_today
    if not (city and city.takes_part):
        yield "city"
    if not asked.is_of_domain_today:
        yield "domain"
        if not asked.letter:
            yield "letter"


def init_app(app):
    open_tasks.add("requests", requests_left, order=10)
    desk_panels.add("requests", requests_panel, order=5)
    city_panels.add("people", people_of, order=10)
    theme_panels.add("people", people_to_ask, order=10)
