"""Notifications: what concerns a member, of every feature below. They do not know it; it hears their signals."""

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import reader_columns
from cityexchange.notifications import counting, policy, receivers, sockets, views  # noqa: F401
from cityexchange.notifications.looking_again import look_where_rights_ended
from cityexchange.notifications.tidying import tidy


def init_app(app):
    reader_columns.add("unread", counting.unread_of)
    sweeps.add("notifications_of_ended_rights", Sweep(look_where_rights_ended, every=60))
    sweeps.add("notifications_tidying", Sweep(tidy, every=24 * 3600))
    views.init_app(app)
