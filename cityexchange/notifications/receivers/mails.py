"""Of all features: what they mail to a member about a record, and what they asked and ask no more."""

from cityexchange.core.db import on_change
from cityexchange.core.mail.models import mail_queued
from cityexchange.notifications.audience import these
from cityexchange.notifications.gone import replace
from cityexchange.notifications.happenings import KIND_OF, WAITING
from cityexchange.notifications.looking_again import look_again_in, take_back_with_it
from cityexchange.notifications.models import notify
from cityexchange.visits.models import VisitApplication

REMINDING = {one.template for one in WAITING}


@mail_queued.connect
def tell_what_is_mailed(mail, member, record):
    if member is None or record is None or mail.template not in KIND_OF:
        return
    if mail.template in REMINDING:
        replace(mail.template, record, member.id)
    kind, words = KIND_OF[mail.template], {"template": mail.template, "facts": mail.facts}
    notify(mail.key, these(), kind, record, mail.conversation, ids=[member.id], has_mail=True, **words)


def take_back_what_was_asked(template, states):
    def hear(record, before, after):
        if before in states and after not in states:
            take_back_with_it(record, template)

    return hear


for one in WAITING:
    on_change(one.model.state)(take_back_what_was_asked(one.template, one.states))


@on_change(VisitApplication.state)
def look_who_reads_it(application, before, after):
    """The host reads what is not withdrawn."""
    if after == "withdrawn":
        look_again_in(application)
