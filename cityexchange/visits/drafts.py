"""Texts of study visits among a member's drafts."""

from functools import partial

from flask_babel import lazy_gettext as _l

from cityexchange.core.policy import can
from cityexchange.core.reader import OneReader
from cityexchange.core.web import me
from cityexchange.drafts.places import Place, draft_places, of_records
from cityexchange.visits.forms import ApplicationForm, OfferForm
from cityexchange.visits.models import StudyVisit, VisitApplication


def about_offers(reader: OneReader, names):
    """Of a new one: it is of no record yet."""
    may_offer = can(reader, "offer", StudyVisit.blank(me().record.city))
    return dict.fromkeys(names) if may_offer else {}


def init_app():
    offer = partial(Place, _l("An offer of a visit"), form=OfferForm)
    application = partial(Place, _l("An application for a visit"), form=ApplicationForm)
    begun = of_records(StudyVisit, "apply")
    edited = of_records(VisitApplication, "edit", titled=lambda application: application.visit)
    draft_places.add("visits.create_visit", offer("visits.new_visit", about_offers, is_several=True))
    draft_places.add("visits.update_visit", offer("visits.edit_visit", of_records(StudyVisit, "edit")))
    draft_places.add("visits.create_application", application("visits.new_application", begun))
    draft_places.add("visits.update_application", application("visits.edit_application", edited))
