from cityexchange.membership.forms.cities import (
    AcceptForm,
    CityApplicationForm,
    OrganisationForm,
    SuspensionForm,
)
from cityexchange.membership.forms.people import BulkForm, HandOverForm, InvitationForm, SeatForm

__all__ = [
    "AcceptForm",
    "BulkForm",
    "CityApplicationForm",
    "HandOverForm",
    "InvitationForm",
    "OrganisationForm",
    "SeatForm",
    "SuspensionForm",
]
