"""/dev/mail: what would have been sent, for people who work on the application. No such page in production."""

from flask import Blueprint, Response, abort, current_app, render_template

from cityexchange.core.db import at_most, db
from cityexchange.core.mail.delivery import why_not
from cityexchange.core.mail.letters import NothingToSay, compose
from cityexchange.core.mail.models import OutgoingMail
from cityexchange.core.web import public

bp = Blueprint("mail_box", __name__, url_prefix="/dev/mail")
LINES = 100
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@bp.before_request
def only_in_development():
    if current_app.config["ENV_NAME"] not in {"development", "test"}:
        abort(404)


@bp.get("")
@public
def index_mails():
    newest = db.select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(at_most(LINES))
    mails = [(mail, _letter(mail)) for mail in db.session.scalars(newest)]
    return render_template("mail/pages/index.html", mails=mails)


@bp.get("/<int:id>")
@public
def show_mail(id):
    mail = db.session.get(OutgoingMail, id) or abort(404)
    return render_template("mail/pages/show.html", mail=mail, letter=_letter(mail))


@bp.get("/<int:id>/html")
@public
def show_mail_html(id):
    letter = _letter(db.session.get(OutgoingMail, id) or abort(404)) or abort(404)
    return Response(letter.html, mimetype="text/html", headers={"Content-Security-Policy": SANDBOX})


def _letter(mail):
    """As it would go out now; None when there is nothing to show: sent and forgotten, or not to be sent."""
    if mail.state in {"sent", "dropped"} or why_not(mail):
        return None
    try:
        return compose(mail)
    except NothingToSay:
        return None
    except Exception:
        current_app.logger.exception("mail %s cannot be rendered", mail.id)
        return None
