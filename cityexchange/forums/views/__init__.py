"""The pages of forums: boards, topics, posts."""

from flask import Blueprint

bp = Blueprint("forums", __name__)

from cityexchange.forums.views import boards, posts, topics  # noqa: E402, F401
