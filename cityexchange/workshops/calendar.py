"""A workshop in calendars: one entry a session, with the joining link only for those who hold a place."""

from flask import url_for
from flask_babel import gettext as _

from cityexchange.core.policy import can
from cityexchange.events.calendar import Entry, calendar_file


def workshop_file(workshop, words, member) -> bytes:
    """The .ics file for this reader. `words`: what reading.readings_of gives for their languages."""
    can_join = bool(workshop.joining_link) and can(member, "see_joining_link", workshop)
    link = workshop.joining_link if can_join else ""
    entries = [_entry(workshop, session, words, link) for session in workshop.schedule.sessions]
    return calendar_file(words["title"].text, entries)


def _entry(workshop, session, words, link):
    page = url_for("workshops.show_workshop", id=workshop.id, _external=True)
    off = workshop.state in ("cancelled", "postponed") or session.called_off_at is not None
    return Entry(
        uid=session.uid,
        title=_(
            "%(workshop)s: %(session)s",
            workshop=words["title"].text,
            session=words["EventSession", session.id].text,
        ),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=workshop.timezone,
        url=page,
        changed_at=max(session.updated_at, workshop.schedule.updated_at, workshop.updated_at),
        sequence=workshop.schedule.sequence,
        description="\n".join(filter(None, (page, link and _("Joining link: %(link)s", link=link)))),
        location=_location(workshop, words["venue"].text),
        is_cancelled=off,
    )


def _location(workshop, venue):
    if workshop.mode == "online":
        return _("Online")
    return ", ".join(filter(None, (venue, workshop.host_city and str(workshop.host_city.called))))
