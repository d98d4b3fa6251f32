"""A workshop in calendars: one entry a session, with the joining link only for those who hold a place."""

from flask import url_for
from flask_babel import gettext as _

from cityexchange.core.policy import can
from cityexchange.events.calendar import Entry, calendar_file


def workshop_file(workshop, title, member) -> bytes:
    """The .ics file for this reader. `title` is the workshop's in their language."""
    can_join = bool(workshop.joining_link) and can(member, "see_joining_link", workshop)
    link = workshop.joining_link if can_join else ""
    return calendar_file(
        title, [_entry(workshop, session, title, link) for session in workshop.schedule.sessions]
    )


def _entry(workshop, session, title, link):
    page = url_for("workshops.show_workshop", id=workshop.id, _external=True)
    off = workshop.state in ("cancelled", "postponed") or session.called_off_at is not None
    return Entry(
        uid=session.uid,
        title=_("%(workshop)s: %(session)s", workshop=title, session=session.title),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=workshop.timezone,
        url=page,
        changed_at=max(session.updated_at, workshop.schedule.updated_at, workshop.updated_at),
        sequence=workshop.schedule.sequence,
        description="\n".join(filter(None, (page, link and _("Joining link: %(link)s", link=link)))),
        location=_location(workshop),
        is_cancelled=off,
    )


def _location(workshop):
    if workshop.mode == "online":
        return _("Online")
    return ", ".join(filter(None, (workshop.venue, workshop.host_city and workshop.host_city.name)))
