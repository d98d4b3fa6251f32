"""The pages of spaces: finding one, coming in, who is in it, looking after it."""

from flask import Blueprint

from cityexchange.core.limits import WriteLimit

MEMBERSHIPS = WriteLimit("membership", most=30, seconds=300)
bp = Blueprint("spaces", __name__, url_prefix="/spaces")

from cityexchange.spaces.views import entering, keeping, pages, people  # noqa: E402, F401
