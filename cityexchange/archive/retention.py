"""How long what is kept about people is kept: rules that the worker follows, counted before they act (practice.md 5).

docs/record-of-processing.md says the same in words; a test compares them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select

from cityexchange.archive.absence import away_and_not_reminded, away_and_warned, forget_people, remind
from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import at_most, db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.digest.models import Digest
from cityexchange.members.codes import MailProof
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import SignInSession
from cityexchange.membership.models import CityApplication
from cityexchange.membership.offers import PlaceOffer
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.visits.models import VisitApplication

MONTH = timedelta(days=30.44)
BATCH = 500
"""Rows of one rule in one round; the rest waits for the next."""


@dataclass(frozen=True)
class Rule:
    """`due(before)` selects the keys of what is older; `act(ids)` does away with it and says how many it did."""

    key: str
    months: float
    due: Callable[[datetime], Select[Any]]
    act: Callable[[list[int]], int]

    def ids(self) -> list[int]:
        before = utcnow() - self.months * MONTH
        return list(db.session.scalars(self.due(before).limit(at_most(BATCH))))

    def follow(self) -> int:
        """Counts, acts, and leaves a line in the audit where there was something to do."""
        if not (ids := self.ids()):
            return 0
        if not (done := self.act(ids)):
            return 0
        audit.record("retention", rule=self.key, counted=len(ids), done=done)
        return done


def old(model: Any, moment: Any, *conditions: Any) -> Callable[[datetime], Select[Any]]:
    return lambda before: select(model.id).where(moment < before, *conditions).order_by(model.id)


def remove(model: Any) -> Callable[[list[int]], int]:
    def act(ids: list[int]) -> int:
        gone: Any = db.session.execute(delete(model).where(model.id.in_(ids)))
        return gone.rowcount

    return act


def remove_with_letters(model: Any) -> Callable[[list[int]], int]:
    def act(ids: list[int]) -> int:
        for record in db.session.scalars(select(model).where(model.id.in_(ids))).all():
            record.drop_letter()
        return remove(model)(ids)

    return act


def remove_applications(ids: list[int]) -> int:
    """A city that only these brought into the directory leaves it, as after a no."""
    of_them = select(CityApplication.city_id).where(CityApplication.id.in_(ids))
    applied = City.state == "applied", City.is_illustrative.is_(False)
    cities = db.session.scalars(select(City).where(City.id.in_(of_them), *applied)).all()
    done = remove_with_letters(CityApplication)(ids)
    others = select(CityApplication.city_id).where(CityApplication.state.in_(("waiting", "accepted")))
    spoken_for = set(db.session.scalars(others))
    for city in cities:
        if city.id not in spoken_for:
            city.become("draft", "forget_application")
    return done


RULES = (
    Rule("unused_accounts_reminded", 18, away_and_not_reminded, remind),
    Rule("unused_accounts_forgotten", 24, away_and_warned, forget_people),
    Rule("audit_entries", 12, old(AuditEntry, AuditEntry.at), remove(AuditEntry)),
    Rule("ended_sign_ins", 3, old(SignInSession, SignInSession.ended_at), remove(SignInSession)),
    Rule("mails_sent", 12, old(OutgoingMail, OutgoingMail.finished_at), remove(OutgoingMail)),
    Rule("typed_codes", 1, old(MailProof, MailProof.created_at), remove(MailProof)),
    Rule("unconfirmed_requests", 1, old(JoinRequest, JoinRequest.created_at, JoinRequest.state == "unconfirmed"), remove(JoinRequest)),
    Rule("undecided_requests", 12, old(JoinRequest, JoinRequest.created_at, JoinRequest.state == "waiting"), remove_with_letters(JoinRequest)),
    Rule("decided_requests", 12, old(JoinRequest, JoinRequest.decided_at), remove(JoinRequest)),
    Rule(
        "unconfirmed_applications_of_cities", 1,
        old(CityApplication, CityApplication.created_at, CityApplication.state == "unconfirmed"), remove(CityApplication),
    ),
    Rule(
        "undecided_applications_of_cities", 12,
        old(CityApplication, CityApplication.created_at, CityApplication.state == "waiting"), remove_applications,
    ),
    Rule("declined_applications_of_cities", 12, old(CityApplication, CityApplication.decided_at, CityApplication.state == "declined"), remove(CityApplication)),
    Rule(
        "applications_not_selected", 12,
        old(VisitApplication, VisitApplication.updated_at, VisitApplication.state.in_(("ineligible", "not_selected", "withdrawn"))),
        remove(VisitApplication),
    ),
    Rule("offers_of_places", 12, old(PlaceOffer, PlaceOffer.created_at), remove(PlaceOffer)),
    Rule("weekly_letters", 6, old(Digest, Digest.written_at), remove(Digest)),
    Rule("answered_entries_to_spaces", 12, old(SpaceEntry, SpaceEntry.decided_at), remove(SpaceEntry)),
)  # fmt: skip


def follow_the_rules() -> None:
    for rule in RULES:
        rule.follow()
