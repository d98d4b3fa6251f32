"""A member as pages that only read ask for: one row, by which they are signed in as well."""

from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from cityexchange.cities.models import City
from cityexchange.core.db import at_most, rows
from cityexchange.core.prepared import prepared
from cityexchange.core.projection import Projected, Projection
from cityexchange.core.registries import reader_columns
from cityexchange.members.models import Member, Seat, SignInSession

Newest = aliased(Seat, name="newest_seat")


@lru_cache(maxsize=1)
def reader_row() -> Projection:
    """Put together with the first one who reads: features above have said by then what they read with it."""
    return Projection(
        Member,
        "id name handle email job_title locale languages timezone team_role state previous_visit_at fs_uniquifier",
        seat=Projection(
            Newest,
            "id role city_id organisation_id speaks_officially",
            city=Projection(City, "id called slug country state incomplete_since paving"),
        ),
        sign_in_id=lambda _member: SignInSession.id,
        sign_in_seen_at=lambda _member: SignInSession.seen_at,
        **{name: reader_columns[name] for name in reader_columns.names()},
    )


@prepared
def _signed_in():
    members = reader_row().read(select(Member).join(SignInSession, SignInSession.member_id == Member.id))
    living = members.where(SignInSession.digest == bindparam("digest"), SignInSession.ended_at.is_(None))
    return living.order_by(Newest.id.desc()).limit(at_most(1))


def reader_with(digest: str) -> Projected | None:
    """Who is signed in under this digest of a session's secret."""
    row = rows(_signed_in(), {"digest": digest}).first()
    return reader_row().of(row) if row else None
