"""What is read on the page of a visit below its title."""

from typing import Any

from sqlalchemy import select

from cityexchange.languages.beside import Below, below_title
from cityexchange.visits.models import StudyVisit
from cityexchange.visits.models.offer import OfferText, VisitSite


def texts_below(id: Any) -> list[Below]:
    language = select(StudyVisit.language).where(StudyVisit.id == VisitSite.visit_id)
    sites = Below(VisitSite, (VisitSite.visit_id == id,), language.correlate(VisitSite).scalar_subquery())
    return [Below(OfferText, (OfferText.visit_id == id,)), sites]


def init_app():
    below_title.add("StudyVisit", texts_below)
