"""The way to a city's own sign-in and back, and where a city sets it up."""

from flask import Blueprint

bp = Blueprint("identity", __name__)

from cityexchange.identity.views import setting_up, signing_in  # noqa: E402, F401
