"""Bookmarks: what a member keeps for later, of any feature that says so in `keepables`."""

from cityexchange.bookmarks import policy, tidying, views  # noqa: F401
from cityexchange.core.jobs import Sweep, sweeps


def init_app(app):
    views.init_app(app)
    sweeps.add("bookmarks", Sweep(tidying.forget_what_is_gone, every=24 * 3600))
