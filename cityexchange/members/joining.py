"""Asking for a place: an address proven by a typed code, then a decision by the city or the team (US01)."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.domains import city_of_address
from cityexchange.cities.finding import city_called
from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.members.codes import TypedCode
from cityexchange.members.handles import free_handle
from cityexchange.members.letters import WithLetter
from cityexchange.members.models import Member
from cityexchange.members.signals import join_accepted, join_confirmed, join_declined

STATES = ("unconfirmed", "waiting", "accepted", "declined")


class JoinRequest(WithLetter, TypedCode, Timestamped, db.Model):
    """An official's wish for a seat. It becomes a member only by somebody's decision."""

    __tablename__ = "join_requests"
    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    job_title: Mapped[str] = mapped_column(String(160))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"), index=True)
    city_name: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(8), default="en")
    password: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(16), default="unconfirmed", index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    is_of_domain: Mapped[bool] = mapped_column(default=False)
    """The address is of a verified domain of the city: its focal point decides; of others the coordination team."""
    city: Mapped[City | None] = relationship()

    @property
    def city_called(self) -> Any:
        """The city in the language of who reads; as long as nobody has found it, what was typed."""
        return self.city.called if self.city else self.city_name

    @property
    def city_today(self) -> City | None:
        """Where the place would be: a city may have begun to take part since somebody asked."""
        return self.city or city_called(self.city_name) or self._city_of_address()

    @property
    def is_of_domain_today(self) -> bool:
        """A domain may have been verified since somebody asked."""
        return self.is_of_domain or self._is_of(self.city_today)

    @property
    def takes_letter(self) -> bool:
        return self.state == "waiting" and not self.is_of_domain_today

    def look_again(self) -> bool:
        """Keeps what is so today, for lists and for who decides; whether anything is new."""
        before = self.city, self.is_of_domain
        self.city, self.is_of_domain = self.city_today, self.is_of_domain_today
        db.session.flush()
        return (self.city, self.is_of_domain) != before

    def name_city(self, city: City) -> None:
        """Somebody who looks after all says which one was meant."""
        self.city, self.city_name, self.is_of_domain = city, city.name, self._is_of(city)
        db.session.flush()
        audit.record("name_city", self, city_id=city.id)

    def _city_of_address(self):
        city = city_of_address(self.email)
        return city if city and city.takes_part else None

    def _is_of(self, city):
        return city is not None and city_of_address(self.email) is city

    def confirm(self, code: str) -> bool:
        """Whether the typed code proves the address."""
        if not self.takes(code):
            return False
        self.arrive()
        return True

    def arrive(self) -> None:
        """The address is proven: somebody has to decide."""
        self.state = "waiting"
        db.session.flush()
        join_confirmed.send(request=self)

    @property
    def has_account(self) -> bool:
        """The address came in by another way, as an invitation."""
        return db.session.scalar(select(Member.id).where(Member.email == self.email)) is not None

    @property
    def is_needless(self) -> bool:
        """Ended with another request of this address: whoever declines gives a reason."""
        return self.state == "declined" and not self.reason

    def hold(self) -> None:
        """Who decides about another request of this address, or presses twice, waits and then reads what became of it."""
        db.session.flush()
        ours = select(JoinRequest).where(JoinRequest.email == self.email).order_by(JoinRequest.id)
        db.session.scalars(ours.with_for_update().execution_options(populate_existing=True)).all()

    def accept(self, by: Member | None, city: City) -> Member:
        """Makes the member and their seat; `by` is None where the city's own sign-in gave it. ValueError when the address has an account meanwhile."""
        if self.has_account:
            raise ValueError("this address has an account")
        member = Member(
            name=self.name,
            handle=free_handle(self.name),
            email=self.email,
            password=self.password,
            job_title=self.job_title,
            locale=self.locale,
            languages_read=[self.locale],
            timezone=city.timezone,
            state="active",
            email_confirmed_at=utcnow(),
        )
        db.session.add(member)
        audit.record("accept_join_request", member, actor_id=by.id if by else None)
        member.seat_in(city)
        self._decide("accepted", by)
        self._end_others(by)
        join_accepted.send(request=self, member=member)
        return member

    def decline(self, by: Member, reason: str) -> None:
        self.reason = reason
        self._decide("declined", by)
        audit.record("decline_join_request", self, actor_id=by.id)
        join_declined.send(request=self)

    def _end_others(self, by):
        """Of this address, wherever they asked: one person holds one seat."""
        others = select(JoinRequest).where(JoinRequest.email == self.email, JoinRequest.id != self.id)
        for other in db.session.scalars(others.where(JoinRequest.state.in_(("unconfirmed", "waiting")))):
            other.code_digest = ""
            other._decide("declined", by)

    def _decide(self, state, by):
        self.state, self.decided_at, self.decided_by_id = state, utcnow(), by.id if by else None
        self.password = ""
        self.drop_letter()
        db.session.flush()
