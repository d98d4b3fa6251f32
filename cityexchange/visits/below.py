"""What is read on the page of a visit below its title, and what that is called where it is translated."""

from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from cityexchange.languages.beside import Below, below_title
from cityexchange.languages.waiting import translated_at
from cityexchange.languages.whole import page_into, part_words
from cityexchange.visits.labels import OFFER_PARTS
from cityexchange.visits.models import StudyVisit
from cityexchange.visits.models.offer import OfferText, VisitSite


def texts_below(id: Any) -> list[Below]:
    language = select(StudyVisit.language).where(StudyVisit.id == VisitSite.visit_id)
    sites = Below(VisitSite, (VisitSite.visit_id == id,), language.correlate(VisitSite).scalar_subquery())
    return [Below(OfferText, (OfferText.visit_id == id,)), sites]


def part_of_offer(text: OfferText, _number: int) -> str:
    return str(OFFER_PARTS[text.part])


def place(_site: VisitSite, number: int) -> str:
    return _("Place %(number)s", number=number)


def init_app():
    translated_at.add("StudyVisit", partial(page_into, "StudyVisit"))
    part_words.add("OfferText", part_of_offer)
    part_words.add("VisitSite", place)
    below_title.add("StudyVisit", texts_below)
