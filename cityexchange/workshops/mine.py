"""Registrations among what is a member's own."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from cityexchange.core.db import among
from cityexchange.core.i18n import local_date
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart
from cityexchange.workshops.labels import REGISTRATION_STATES
from cityexchange.workshops.listing import first_of
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import GONE, Registration


def registrations(member: OneReader) -> OwnPart:
    """Of what is to come, the soonest first."""
    return OwnPart(
        name="registrations",
        title=_("Workshops I registered for"),
        place="event",
        lines=[_line(card) for card in first_of(member, registered_for, FEW_OWN)],
        all_address=url_for("workshops.index_workshops"),
        all_words=_("All workshops"),
        nothing=_("You are registered for no workshop to come."),
        way=url_for("workshops.index_workshops"),
        way_words=_("See the workshops"),
    )


def registered_for(reader: Reader):
    living = Registration.member_id == reader.id, ~among(Registration.state, GONE)
    return (Workshop.id.in_(select(Registration.workshop_id).where(*living)),)


def _line(card):
    state, begins = REGISTRATION_STATES[card.mine], card.starts_at
    day = local_date(begins, format="medium") if begins else _("No date yet")
    return OwnLine(card.title, url_for("workshops.show_workshop", id=card.id), (day, state), card.language)
