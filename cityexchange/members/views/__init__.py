"""The pages of members: signing in, asking for a place, one's own settings, people."""

from flask import Blueprint

bp = Blueprint("members", __name__)

from cityexchange.members.views import (  # noqa: E402, F401
    addresses,
    factors,
    joining,
    mail_codes,
    mentions,
    people,
    second_step,
    settings,
    signing_in,
)
