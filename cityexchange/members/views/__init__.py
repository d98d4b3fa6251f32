"""The pages of members: signing in, asking for a place, one's own settings, people."""

from flask import Blueprint

bp = Blueprint("members", __name__)

from cityexchange.members.views import joining, mentions, people, settings, signing_in  # noqa: E402, F401
