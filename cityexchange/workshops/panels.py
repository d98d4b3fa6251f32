"""Workshops on the pages of what lies below: the start page, a city, a space."""

from sqlalchemy import or_, select

from cityexchange.core.db import db
from cityexchange.workshops.listing import cards, workshops_of
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import GONE, Registration

SHOWN = 4


def on_start(member):
    """The next events: one's own first among those of the coming time."""
    coming = workshops_of(member).where(Workshop.state.not_in(("draft", "cancelled")))
    if member.is_authenticated:
        own = select(Registration.workshop_id).where(
            Registration.member_id == member.id, Registration.state.not_in(GONE)
        )
        coming = coming.where(or_(Workshop.state != "postponed", Workshop.id.in_(own)))
    return _panel("workshops/_start_panel.html", coming, member)


def on_city(member, city):
    hosted = workshops_of(member).where(Workshop.host_city_id == city.id)
    return _panel("workshops/_city_panel.html", hosted, member)


def on_space(member, space):
    return _panel(
        "workshops/_space_panel.html", workshops_of(member).where(Workshop.space_id == space.id), member
    )


def _panel(template, query, member):
    found = db.session.scalars(query.limit(SHOWN)).all()
    shown = {"cards": cards(found, member), "zone": member.timezone or "UTC"}
    return (template, shown) if found else None
