"""Members: people who act for a city, and how they sign in."""

from cityexchange.core.sockets import lapses
from cityexchange.core.text import Sign, mention_resolvers
from cityexchange.members import labels, mentions, panels, policy, receivers, security, views  # noqa: F401
from cityexchange.members.models import Seat


def init_app(app):
    labels.init_app(app)
    panels.init_app(app)
    mention_resolvers.add("members", Sign("@", mentions.resolve))
    lapses.add("seats", Seat.ended_of_late)
    security.init_app(app)
    app.register_blueprint(views.bp)
