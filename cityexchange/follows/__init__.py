"""Follows: how much a member wants to hear of what features name in `followables`, in four levels."""

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.follows import labels, policy, themes, tidying, views  # noqa: F401


def init_app(app):
    labels.init_app(app)
    themes.init_app()
    views.init_app(app)
    sweeps.add("follows", Sweep(tidying.forget_what_is_gone, every=24 * 3600))
