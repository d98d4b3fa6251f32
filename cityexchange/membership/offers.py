"""A place that is offered to somebody: an invitation, or the place of somebody who hands it over (US02)."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.members.handles import free_handle
from cityexchange.members.models import CATEGORIES, SEAT_ROLES, Member, Seat
from cityexchange.members.seats import end_seat, running
from cityexchange.membership.signals import place_taken
from cityexchange.organisations.models import Organisation

STATES = ("open", "accepted", "withdrawn")
LIFE = timedelta(days=14)


class NoSeatLeft(Exception):
    """An organisation has as many people here as it may have."""


class PlaceOffer(Timestamped, db.Model):
    """Taken by whoever reads the mail of `email` and types a code that was sent there."""

    __tablename__ = "place_offers"
    audited = ("state", "role")
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"role IN {SEAT_ROLES}", name="role"),
        CheckConstraint(f"category IN {CATEGORIES}", name="category"),
        CheckConstraint("(city_id IS NULL) <> (organisation_id IS NULL)", name="one_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id", ondelete="CASCADE"), index=True)
    """The seat that ends when this one begins."""
    role: Mapped[str] = mapped_column(String(24))
    category: Mapped[str] = mapped_column(String(20), default="local_authority")
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    job_title: Mapped[str] = mapped_column(String(160))
    locale: Mapped[str] = mapped_column(String(8), default="en")
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    expires_at: Mapped[datetime] = mapped_column(default=lambda: utcnow() + LIFE)
    city: Mapped[City | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    by: Mapped[Member | None] = relationship()
    replaces: Mapped[Seat | None] = relationship()

    @property
    def place(self) -> City | Organisation:
        place = self.city or self.organisation
        assert place is not None  # the check of the table
        return place

    @property
    def is_open(self) -> bool:
        """Nobody comes in where the house takes no part any more, or into a place that has ended meanwhile."""
        is_waiting = self.state == "open" and self.expires_at > utcnow() and self.place.state != "left"
        return is_waiting and (self.replaces is None or self.replaces.is_running)

    @classmethod
    def make(
        cls, place: City | Organisation, by: Member, replaces: Seat | None = None, **values: str
    ) -> "PlaceOffer":
        """A new offer to one address ends the earlier ones of the same place to it, and of the same seat to anybody."""
        kind = "organisation" if isinstance(place, Organisation) else "city"
        earlier = update(cls).where(cls.state == "open", getattr(cls, f"{kind}_id") == place.id)
        same = cls.email == values["email"]
        db.session.execute(
            earlier.where(same | (cls.replaces_id == replaces.id) if replaces else same).values(
                state="withdrawn"
            )
        )
        offer = cls(**{kind: place}, by=by, replaces=replaces, **values)
        db.session.add(offer)
        audit.record("hand_over" if replaces else "invite", offer, role=offer.role)
        return offer

    def take(self) -> Member | None:
        """The member with the seat, or None where it is open no more. NoSeatLeft in a full organisation. The address is proven."""
        if not self.is_open:
            return None
        member = self._member()
        self._insist_on_room()
        with audit.acting(member.id):
            self._seat(member)
            place_taken.send(offer=self, member=member)
        return member

    def _seat(self, member: Member) -> None:
        self.state = "accepted"
        audit.record("take_place", self, member_id=member.id)
        for seat in self._seats_of(member):
            end_seat(seat)
        member.seat_in(self.place, self.role, category=self.category)
        db.session.expire(member, ["seats"])
        if self.replaces and self.replaces.is_running:
            end_seat(self.replaces)

    def _member(self) -> Member:
        """Whoever has an account with this address keeps it; it is proven now."""
        member = db.session.scalar(select(Member).filter_by(email=self.email))
        if member is None:
            timezone = self.place.timezone
            member = Member(
                name=self.name,
                handle=free_handle(self.name),
                email=self.email,
                job_title=self.job_title,
                locale=self.locale,
                languages_read=[self.locale],
                timezone=timezone,
                state="active",
            )
            db.session.add(member)
        member.email_confirmed_at = member.email_confirmed_at or utcnow()
        db.session.flush()
        return member

    def _seats_of(self, member: Member) -> list[Seat]:
        """Those that end, for one person holds one seat; LastFocalPoint keeps who is the only one of a city."""
        held = select(Seat).where(Seat.member_id == member.id, running())
        return [seat for seat in db.session.scalars(held) if seat is not self.replaces]

    def _insist_on_room(self) -> None:
        if self.organisation:
            taken = select(Seat.id).where(Seat.organisation_id == self.organisation.id, running())
            if len(db.session.scalars(taken).all()) >= self.organisation.most_seats:
                raise NoSeatLeft

    def withdraw(self) -> None:
        self.state = "withdrawn"
        audit.record("withdraw_offer", self)


def open_offers(place: City | Organisation) -> list[PlaceOffer]:
    mine = PlaceOffer.organisation_id if isinstance(place, Organisation) else PlaceOffer.city_id
    waiting = select(PlaceOffer).where(
        mine == place.id, PlaceOffer.state == "open", PlaceOffer.expires_at > utcnow()
    )
    return list(db.session.scalars(waiting.order_by(PlaceOffer.id.desc())))
