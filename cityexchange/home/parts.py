"""The part that somebody has here, as their start page speaks to them: where all that waits stands, and what is said when nothing does."""

from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.reader import OneReader


class Part(NamedTuple):
    calm: str
    """What is said when nothing waits."""
    way: str
    """The next step then."""
    address: str
    all_words: str = ""
    all_address: str = ""
    """Where all of it stands, if there is such a page."""


def part_of(reader: OneReader) -> Part:
    """Of several the one that looks after the most."""
    for role, part in TEAM.items():
        if reader.has_team_role(role):
            return part()
    if reader.is_official and reader.seat and reader.seat.role in SPEAKERS:
        return of_focal_point(reader)
    return of_official() if reader.is_official else of_guest()


def of_admin():
    calm = _("Nothing is known to be wrong: no mail is late, and no application waits.")
    desk = url_for("admin.show_desk")
    return Part(calm, _("See what was done of late"), url_for("admin.index_audit"), _("To the desk"), desk)


def of_coordinator():
    calm = _("No city and nobody else waits for your decision.")
    words, address = _("To the desk"), url_for("admin.show_desk")
    return Part(calm, _("See which cities fall asleep"), f"{address}#cities", words, address)


def of_organiser():
    calm = _("Everything that is planned is announced, and nobody waits for a place.")
    workshops = url_for("workshops.index_workshops")
    return Part(calm, _("Plan a workshop"), url_for("workshops.new_workshop"), _("All workshops"), workshops)


def of_facilitator():
    calm = _("No open question has been silent for a week, and nothing is held for review.")
    unanswered = url_for("forums.index_topics", filter="unanswered")
    answered = url_for("forums.index_topics", filter="answered")
    return Part(calm, _("See what was answered"), answered, _("All open questions"), unanswered)


def of_focal_point(reader: OneReader):
    desk = url_for("membership.show_desk", slug=reader.city.slug)
    calm = _("Nobody waits for your city, and nothing new was said to you.")
    invite = url_for("cities.show_city", slug=reader.city.slug)
    return Part(calm, _("Look at your city's page"), invite, _("The desk of my city"), desk)


def of_official():
    calm = _("Nobody waits for you, and no date is near.")
    questions = url_for("forums.index_topics", filter="unanswered")
    return Part(calm, _("Read the open questions"), questions)


def of_guest():
    calm = _("Nobody waits for you.")
    return Part(calm, _("See the spaces"), url_for("spaces.index_spaces"))


TEAM = {
    "admin": of_admin,
    "coordinator": of_coordinator,
    "organiser": of_organiser,
    "facilitator": of_facilitator,
}
