"""Whom @ may call, and whom it offers while one types."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from cityexchange.core.db import at_most, db
from cityexchange.core.named import begins
from cityexchange.core.policy import visible_to
from cityexchange.core.urls import path_to
from cityexchange.members.handles import handle_of
from cityexchange.members.models import Member, Seat


def resolve(handles: set[str]) -> dict[str, tuple[str, str]]:
    """{handle: (path, label)} of active members. The label is the handle, never the name: the HTML is stored, and
    whoever leaves must not live on in it. Who may read the name finds it there (`naming.with_names`)."""
    found = db.session.execute(
        select(Member.id, Member.handle).where(Member.handle.in_(handles), Member.state == "active")
    )
    return {handle: (path_to("members.show_member", id=id), f"@{handle}") for id, handle in found}


def beginning(member: Member, letters: str, most: int) -> list[Member]:
    """Active members with a name or a part of one that begins with `letters`, in any script and any spelling of it."""
    return list(
        db.session.scalars(
            visible_to(member, Member)
            .where(Member.state == "active", or_(*_conditions(letters)))
            .order_by(Member.folded, Member.id)
            .limit(at_most(most))
            .options(joinedload(Member.seat).joinedload(Seat.city))
        )
    )


def called(member: Member, handles: set[str]) -> list[Member]:
    """Those whom these handles call, in the order of their names."""
    these = visible_to(member, Member).where(Member.state == "active", Member.handle.in_(handles))
    city = joinedload(Member.seat).joinedload(Seat.city)
    return list(db.session.scalars(these.order_by(Member.folded, Member.id).options(city))) if handles else []


def _conditions(letters):
    """By the name, and by a handle of letters that the name has no more."""
    yield begins(Member, letters)
    if any(letter.isascii() and letter.isalnum() for letter in letters):
        yield Member.handle.startswith(handle_of(letters), autoescape=True)
        yield Member.handle.contains(f"-{handle_of(letters)}", autoescape=True)
