"""What the pages below show of members."""

from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.core.registries import city_panels
from cityexchange.members.models import Member, Seat


def people_of(member, city):
    """Who holds a seat in the city today, for those who may see members."""
    today = utcnow().date()
    seats = (
        db.select(Member.id, Member.name, Member.job_title, Seat.role)
        .join(Seat, Seat.member_id == Member.id)
        .where(Seat.city_id == city.id, Member.state == "active")
        .where(Seat.until.is_(None) | (Seat.until > today))
        .where(Member.id.in_(visible_to(member, Member).with_only_columns(Member.id)))
    )
    people = db.session.execute(seats.order_by(Member.name)).all()
    return ("members/_people_of_city.html", {"people": people}) if people else None


def init_app(app):
    city_panels.add("people", people_of, order=10)
