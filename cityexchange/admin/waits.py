"""What is not well with the service, among what waits for administrators: as far as the database knows it."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, literal, select

from cityexchange.core import waiting
from cityexchange.core.db import at_most, constant
from cityexchange.core.jobs.heartbeat import Heartbeat
from cityexchange.core.mail.models import OutgoingMail
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import Said, Wait, lines, moment


def worker(reader: Reader):
    """One that ran, and has fallen silent."""
    if not reader.has_team_role("admin"):
        return None
    silent = select(Heartbeat).having(func.max(Heartbeat.at) < moment("silence"))
    return lines(silent, "Heartbeat", literal(0), since=func.max(Heartbeat.at))


def late_mails(reader: Reader):
    """The one that should have gone first."""
    return _mails(reader, "queued", OutgoingMail.due_at, OutgoingMail.due_at < moment("an_hour_ago"))


def failed_mails(reader: Reader):
    """The first of this week's that were given up."""
    return _mails(reader, "failed", OutgoingMail.updated_at, OutgoingMail.due_at > moment("a_week_ago"))


def _mails(reader: Reader, state, since, *where):
    if not reader.has_team_role("admin"):
        return None
    first = select(OutgoingMail).where(OutgoingMail.state == constant(state), *where)
    first = first.order_by(OutgoingMail.due_at).limit(at_most(1))
    return lines(first, f"OutgoingMail_{state}", OutgoingMail.id, since=since)


def say_worker(_row):
    why = _("No mail goes out, and nothing that the clock should do is done.")
    return _said(_("The worker has fallen silent"), why)


def say_late_mails(_row):
    why = _("They should have gone an hour ago or longer. Look whether the worker and the mail server run.")
    return _said(_("Mails wait to be sent"), why)


def say_failed_mails(_row):
    why = _("They were tried often enough, and given up. The logs say why.")
    return _said(_("Mails could not be sent"), why)


def _said(title, why):
    return Said(_("Not well"), why, _("See how it is doing"), url_for("core_health.readyz"), title)


def init_app():
    waiting.waits.add("worker", Wait("worker", worker, say_worker, "start"), order=1)
    waiting.waits.add("late_mails", Wait("late_mails", late_mails, say_late_mails, "start"), order=2)
    waiting.waits.add("failed_mails", Wait("failed_mails", failed_mails, say_failed_mails, "start"), order=3)
