"""Workshops among what waits: for those who organise what needs a decision, for officials the end of registration; and what a city hosts."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from cityexchange.cities.models import Interest
from cityexchange.core.db import among, at_most, constant
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import MOST, Said, Wait, lines, moment, of_my_city, waits
from cityexchange.events.models import Schedule
from cityexchange.workshops.models import Workshop, workshop_themes
from cityexchange.workshops.registrations import GONE, Registration

WHY = {
    "draft": _l("It is still a draft: nobody hears of it until you announce it."),
    "announced": _l("It is announced, and nobody can register yet."),
    "postponed": _l("It is postponed: those who hold a place wait for new dates."),
}
WAYS = {
    "draft": _l("Complete and announce it"),
    "announced": _l("Open registration"),
    "postponed": _l("Set new dates"),
}


def undecided(reader: Reader):
    """What whoever organises has to carry on."""
    found = visible_to(reader, Workshop).join(Workshop.schedule).where(among(Workshop.state, tuple(WHY)))
    found = found.where(or_(Schedule.ends_at.is_(None), Schedule.ends_at > moment("now")))
    if not reader.has_team_role("organiser"):
        if not reader.has_team_role("coordinator", "admin"):
            return None
        found = found.where(Workshop.organiser_id == reader.id)
    return _workshops(found.order_by(Workshop.id), since=Workshop.created_at, note=Workshop.state)


def waiting_lists(reader: Reader):
    """Full workshops, with people who wait for a place."""
    if not reader.has_team_role("organiser"):
        return None
    waiting = select(func.min(Registration.registered_at)).where(
        Registration.workshop_id == Workshop.id, Registration.state == constant("waitlisted")
    )
    since = waiting.correlate(Workshop).scalar_subquery()
    full = visible_to(reader, Workshop).where(
        among(Workshop.state, ("registration_open", "registration_closed")), since.is_not(None)
    )
    return _workshops(full.order_by(Workshop.id), since=since)


def ending(reader: Reader):
    """Registration that ends soon, on a theme of the reader's city, without the reader."""
    if not (reader.is_official and reader.seat):
        return None
    themes = select(Interest.theme_id).where(Interest.city_id == reader.seat.city_id)
    tagged = select(workshop_themes.c.workshop_id).where(workshop_themes.c.theme_id.in_(themes))
    until = Workshop.registration_closes_at
    found = visible_to(reader, Workshop).where(
        among(Workshop.state, ("registration_open",)),
        until > moment("now"),
        until <= moment("soon"),
        Workshop.id.in_(tagged),
        is_not_registered(reader),
    )
    return _workshops(found.order_by(until), until=until)


def is_not_registered(reader: Reader):
    mine = Registration.workshop_id == Workshop.id, Registration.member_id == reader.id
    return (
        ~select(Registration.id).where(*mine, ~among(Registration.state, GONE)).correlate(Workshop).exists()
    )


def hosted(reader: Reader):
    if not (reader.is_official and reader.seat):
        return None
    ours = (
        visible_to(reader, Workshop)
        .join(Workshop.schedule)
        .where(
            Workshop.host_city_id == reader.seat.city_id,
            ~among(Workshop.state, ("draft", "cancelled")),
            Schedule.ends_at > moment("now"),
        )
    )
    return _workshops(ours.order_by(Schedule.starts_at, Workshop.id), until=Schedule.starts_at)


def _workshops(found, **known):
    titled = {"title": Workshop.title, "language": Workshop.language}
    return lines(found.limit(at_most(MOST)), "Workshop", Workshop.id, **titled, **known)


def say_undecided(row):
    return Said(_("A workshop to carry on"), str(WHY[row.note]), str(WAYS[row.note]), _workshop(row))


def say_waiting_lists(row):
    address = url_for("workshops.index_registrations", id=row.id)
    why = _("People wait for a place here. More places, or a word to them, are yours to give.")
    return Said(_("Registrations that wait"), why, _("See who waits"), address)


def say_ending(row):
    why = _("It is on one of your city's themes, and registration ends soon.")
    return Said(_("Workshop"), why, _("See the workshop"), _workshop(row))


def say_hosted(row):
    return Said(_("Workshop here"), "", "", _workshop(row))


def _workshop(row):
    return url_for("workshops.show_workshop", id=row.id)


def init_app():
    waits.add("waiting_lists", Wait("waiting_lists", waiting_lists, say_waiting_lists, "event"), order=42)
    waits.add("undecided", Wait("undecided", undecided, say_undecided, "event"), order=44)
    waits.add("ending", Wait("ending", ending, say_ending, "event", "deadline"), order=80)
    of_my_city.add("workshops", Wait("workshops", hosted, say_hosted, "event"), order=30)
