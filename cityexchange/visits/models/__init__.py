"""Study visits: what a host city offers, and what officials of other cities answer to its call."""

from cityexchange.visits.models.application import (
    APPLICATION_PARTS,
    GOALS,
    MOTIVATION_WORDS,
    ApplicationText,
    LearningGoal,
    VisitApplication,
    word_count,
)
from cityexchange.visits.models.offer import (
    CRITERIA,
    INTERPRETATION,
    MODES,
    OFFER_PARTS,
    OfferText,
    VisitSite,
)
from cityexchange.visits.models.visit import CALL_WEEKS, StudyVisit
from cityexchange.visits.states import VisitChange

__all__ = [
    "APPLICATION_PARTS",
    "CALL_WEEKS",
    "CRITERIA",
    "GOALS",
    "INTERPRETATION",
    "MODES",
    "MOTIVATION_WORDS",
    "OFFER_PARTS",
    "ApplicationText",
    "LearningGoal",
    "OfferText",
    "StudyVisit",
    "VisitApplication",
    "VisitChange",
    "VisitSite",
    "word_count",
]
