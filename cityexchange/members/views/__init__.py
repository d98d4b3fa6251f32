"""The pages of members: signing in, asking for a place, one's own settings, people."""

from cityexchange.members.views import (  # noqa: F401
    addresses,
    factors,
    join_requests,
    joining,
    mail_codes,
    mentions,
    people,
    second_step,
    settings,
    signing_in,
)
from cityexchange.members.views.blueprint import bp

__all__ = ["bp"]
