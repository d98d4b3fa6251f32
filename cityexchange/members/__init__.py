"""Members: people who act for a city, and how they sign in."""

from cityexchange.core.files import file_owners
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.sockets import expiring_rights
from cityexchange.core.text import MentionKind, mention_resolvers
from cityexchange.members import (  # noqa: F401
    cli,
    ended,
    factors,
    initials,
    labels,
    mentions,
    naming,
    panels,
    policy,
    receivers,
    security,
    views,
    waits,
)
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Seat
from cityexchange.members.views import factors as factor_pages
from cityexchange.members.views import people, settings
from cityexchange.members.waiting import remind


def init_app(app):
    labels.init_app(app)
    initials.init_app(app)
    naming.init_app(app)
    panels.init_app(app)
    ended.init_app()
    waits.init_app()
    people.init_app()
    settings.init_app(app)
    mention_resolvers.add("members", MentionKind("@", mentions.resolve))
    file_owners.add("JoinRequest", JoinRequest)
    expiring_rights.add("seats", Seat.ended_of_late)
    security.init_app(app)
    factor_pages.init_app(app)
    sweeps.add("factors", Sweep(factors.sweep, every=3600))
    sweeps.add("requests_that_wait", Sweep(remind, every=3600))
    app.cli.add_command(cli.members)
    app.register_blueprint(views.bp)
