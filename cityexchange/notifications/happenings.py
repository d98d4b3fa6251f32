"""What other features mail already: which kind of happening it is here. The mail itself goes where its member wants it at once; bundled and
daily it is told with the others (wanted.py). Its subject are the words here.

tests/notifications/test_happenings.py holds that each template stands in one of the tables.
"""

from typing import Any, NamedTuple

from cityexchange.members.joining import JoinRequest
from cityexchange.membership.models import CityApplication
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.visits.models import VisitApplication

KIND_OF = {
    "archive/unused_focal": "change",
    "identity/changed": "change",
    "languages/arrived": "translation",
    "languages/asked": "request",
    "languages/thanked": "translation",
    "members/join_asked": "request",
    "membership/accepted": "decision",
    "membership/activated": "decision",
    "membership/application_waits": "request",
    "membership/charter_due": "request",
    "membership/dormant": "change",
    "membership/incomplete": "change",
    "membership/moved_away": "change",
    "spaces/answered": "decision",
    "spaces/asked": "request",
    "spaces/invited": "request",
    "spaces/named": "change",
    "visits/application_changed": "decision",
    "visits/application_received": "decision",
    "visits/application_to_endorse": "request",
    "visits/application_withdrawn": "change",
    "visits/new_application": "request",
    "visits/visit_changed": "change",
    "visits/visit_endorsed": "change",
    "workshops/cancelled": "change",
    "workshops/changed": "change",
    "workshops/place": "decision",
    "workshops/postponed": "change",
    "workshops/promoted": "place",
    "workshops/waiting": "decision",
    "workshops/withdrawn": "change",
}
"""By the mail's template."""
MAIL_ALONE = {
    "archive/unused": "it asks somebody to come who does not",
    "forums/mention": "told by itself (receivers/forums.py)",
    "forums/reply": "told by itself (receivers/forums.py)",
    "members/accepted": "the account itself, which is new",
    "members/address_elsewhere": "of no record",
    "members/code": "to an address, a secret",
    "members/declined": "to an address",
    "members/known": "to an address",
    "members/no_account": "to an address",
    "members/other_door": "to an address",
    "members/safety": "about the account itself, whose page of safety shows it",
    "members/suspended": "to an address",
    "members/typed_code": "to an address, a secret",
    "membership/declined": "to an address",
    "membership/offer": "to an address",
    "membership/seat_ends": "of no record",
    "membership/suspended": "to an address",
    "membership/taken": "of no record",
}
"""Templates of which nothing stands here, and why."""


class Waiting(NamedTuple):
    """What is asked of somebody is asked as long as the record is in one of these states."""

    template: str
    model: Any
    states: tuple[str, ...]


WAITING = (
    Waiting("members/join_asked", JoinRequest, ("waiting",)),
    Waiting("membership/application_waits", CityApplication, ("waiting",)),
    Waiting("spaces/asked", SpaceEntry, ("waiting",)),
    Waiting("spaces/invited", SpaceEntry, ("waiting",)),
    Waiting("visits/application_to_endorse", VisitApplication, ("submitted",)),
    Waiting("visits/new_application", VisitApplication, ("submitted", "endorsed", "eligible", "shortlisted")),
)
