"""The bell of open pages: whoever is here is told how much is unread; of all others nothing is asked."""

from cityexchange.core.db import unit_of_work
from cityexchange.core.sockets import errand, line_began, members_here, tell_line, tell_member_here
from cityexchange.core.web import me
from cityexchange.notifications.counting import counts_of
from cityexchange.notifications.signals import notified, unread_lessened

NEWS = "notification:new"


def tell_unread_here(member_ids):
    """One statement for all of them who have a line in this process."""
    if not (here := members_here(member_ids)):
        return
    with unit_of_work(writing=False):
        counts = counts_of(here)
    for id, counted in counts.items():
        tell_member_here(id, NEWS, **counted._asdict())


tell_unread = errand(tell_unread_here)


@notified.connect
def tell_of_news(member_ids):
    tell_unread(member_ids=list(member_ids))


@unread_lessened.connect
def tell_of_reading(member_ids):
    tell_unread(member_ids=list(member_ids))


@line_began.connect
def tell_what_came_before(line):
    """Between the page and its line something may have come or been read; and a line that was lost comes back. Counted
    as the line follows already: what it is not told now, it hears."""
    id = me().id
    with unit_of_work(writing=False):
        counted = counts_of([id])[id]
    tell_line(line, NEWS, **counted._asdict())
