"""Applications among what is a member's own."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from cityexchange.core.db import at_most, db
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart
from cityexchange.languages.labels import translated_words
from cityexchange.visits.labels import APPLICATION_STATES
from cityexchange.visits.models import VisitApplication
from cityexchange.visits.panels import titles


def applications(member: OneReader) -> OwnPart:
    mine = visible_to(member, VisitApplication).where(*VisitApplication.living_of(member.id))
    mine = mine.options(joinedload(VisitApplication.visit)).order_by(VisitApplication.id.desc())
    found = db.session.scalars(mine.limit(at_most(FEW_OWN))).all()
    named = titles([application.visit for application in found])
    return OwnPart(
        name="applications",
        title=_("Study visits I applied for"),
        place="visit",
        lines=[_line(one, named[one.visit_id]) for one in found],
        all_address=url_for("visits.index_visits"),
        all_words=_("All study visits"),
        nothing=_("You have applied for no study visit."),
        way=url_for("visits.index_visits"),
        way_words=_("See the study visits"),
    )


def _line(application, title):
    address = url_for("visits.show_application", id=application.id)
    notes = APPLICATION_STATES[application.state], translated_words(title)
    return OwnLine(title.text, address, notes, title.language)
