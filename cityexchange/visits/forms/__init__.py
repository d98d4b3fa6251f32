from cityexchange.visits.forms.application import ApplicationForm
from cityexchange.visits.forms.offer import OfferForm, ReasonForm

__all__ = ["ApplicationForm", "OfferForm", "ReasonForm"]
