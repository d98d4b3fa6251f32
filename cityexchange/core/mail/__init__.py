"""Mail once for all features: `queue_mail(...)` writes a row, the worker renders and sends it.

    queue_mail(f"visit_changed:{change.id}:{member.id}", member, "visits/visit_changed", change, conversation=visit)

renders templates/mail/visits/visit_changed.subject.txt, .txt and .html in the member's language when it is sent.
"""

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.mail import box, unsubscribing
from cityexchange.core.mail.delivery import deliver
from cityexchange.core.mail.kinds import MailKind, mail_kinds
from cityexchange.core.mail.models import OutgoingMail, judge_again, queue_mail

__all__ = ["MailKind", "OutgoingMail", "deliver", "judge_again", "mail_kinds", "queue_mail"]


def init_app(app):
    app.register_blueprint(unsubscribing.bp)
    app.register_blueprint(box.bp)
    sweeps.add("mail", Sweep(deliver, every=10, has_own_units=True), order=10)
