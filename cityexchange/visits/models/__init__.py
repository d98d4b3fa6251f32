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
from cityexchange.visits.models.change import VisitChange
from cityexchange.visits.models.offer import (
    CRITERIA,
    INTERPRETATION,
    MODES,
    OFFER_PARTS,
    OfferText,
    VisitSite,
)
from cityexchange.visits.models.states import (
    APPLICATION_STATES,
    EDITABLE,
    FINAL,
    OFFERED,
    STAGES,
    VISIT_STATES,
    IllegalTransition,
    Incomplete,
)
from cityexchange.visits.models.visit import CALL_WEEKS, StudyVisit

__all__ = [
    "APPLICATION_PARTS",
    "APPLICATION_STATES",
    "CALL_WEEKS",
    "CRITERIA",
    "EDITABLE",
    "FINAL",
    "GOALS",
    "INTERPRETATION",
    "MODES",
    "MOTIVATION_WORDS",
    "OFFERED",
    "OFFER_PARTS",
    "STAGES",
    "VISIT_STATES",
    "ApplicationText",
    "IllegalTransition",
    "Incomplete",
    "LearningGoal",
    "OfferText",
    "StudyVisit",
    "VisitApplication",
    "VisitChange",
    "VisitSite",
    "word_count",
]
