"""Words for the keys of practice.md 2.2; lazy, so that each reader gets their own language."""

from flask_babel import lazy_gettext as _l

STATES = {
    "draft": _l("Draft"),
    "announced": _l("Announced"),
    "registration_open": _l("Registration open"),
    "registration_closed": _l("Registration closed"),
    "running": _l("Under way"),
    "completed": _l("Completed"),
    "evaluated": _l("Evaluated"),
    "postponed": _l("Postponed"),
    "cancelled": _l("Cancelled"),
}
FIELDS = {
    "audience": _l("Whom it is for"),
    "venue": _l("Venue"),
    "cost_statement": _l("Cost and support"),
    "accessibility_note": _l("Accessibility"),
    "data_notice": _l("Data and recording"),
}
AMENDED = {
    "title": _l("Title"),
    "mode": _l("How people take part"),
    "host_city": _l("Host city"),
    "venue": FIELDS["venue"],
    "joining_link": _l("Joining link"),
    "timezone": _l("Time zone"),
    "working_languages": _l("Working languages"),
    "interpretation": _l("Interpretation"),
    "accessibility_note": FIELDS["accessibility_note"],
    "cost_statement": FIELDS["cost_statement"],
    "data_notice": FIELDS["data_notice"],
}
STATE_KINDS = {
    "registration_open": "success",
    "running": "accent",
    "postponed": "warning",
    "cancelled": "danger",
    "draft": "quiet",
    "completed": "quiet",
    "evaluated": "quiet",
}
REGISTRATION_STATES = {
    "submitted": _l("Submitted"),
    "approved": _l("Approved"),
    "waitlisted": _l("On the waiting list"),
    "offered": _l("Place offered"),
    "confirmed": _l("Confirmed"),
    "declined": _l("Not selected"),
    "withdrawn": _l("Withdrawn"),
    "attended": _l("Attended"),
    "partial": _l("Partly attended"),
    "no_show": _l("Did not attend"),
}
SCOPES = {"regional": _l("Regional"), "international": _l("International")}
MODES = {
    "in_person": _l("In person"),
    "online": _l("Online"),
    "hybrid": _l("Hybrid: in the room and online at the same time"),
    "blended": _l("Blended: some parts online, some in the room"),
}
SHORT_MODES = {
    "in_person": _l("In person"),
    "online": _l("Online"),
    "hybrid": _l("Hybrid"),
    "blended": _l("Blended"),
}
PLACES = {"in_person": _l("In person"), "online": _l("Online")}
MISSING = {
    "description": _l("Say what the workshop is about."),
    "scope": _l("Say whether it is regional or international."),
    "regions": _l("Choose the regions it is for."),
    "mode": _l("Say how people take part: in person, online or both."),
    "host_city": _l("Choose the host city."),
    "venue": _l("Name the venue."),
    "sessions": _l("Add at least one session with its times."),
    "dates_ahead": _l("The first session lies in the past: give new dates."),
    "capacity": _l("Say how many places there are."),
    "quota": _l("Decide about the places for one city: a limit, or none."),
    "deadline": _l("Set the last day of registration."),
    "deadline_before_start": _l("Registration must end by the first day of the workshop."),
    "languages": _l("Choose the working languages."),
    "interpretation": _l("Decide about interpretation: the languages, or none."),
    "objectives": _l("Write at least two learning objectives."),
    "audience": _l("Say whom it is for."),
    "cost": _l("Say what it costs and what support there is."),
    "accessibility": _l("Say how people with disabilities can take part."),
    "data_notice": _l("Say what is recorded and what happens to people's data."),
}
