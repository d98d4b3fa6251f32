"""Drafts: what a member has begun to write, kept on the server until it is sent, so that it is found on any device."""

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.drafts import ending, policy, resending, views  # noqa: F401
from cityexchange.drafts.models import forget_old_drafts
from cityexchange.drafts.sent import forget_sent_drafts


def init_app(app):
    views.init_app(app)
    ending.init_app(app)
    resending.init_app(app)
    sweeps.add("drafts", Sweep(forget_old_drafts, every=24 * 3600))
    sweeps.add("sent_drafts", Sweep(forget_sent_drafts, every=24 * 3600))
