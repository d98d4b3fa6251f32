"""Switching a kind of mail off from the mail itself (RFC 8058). Only a POST changes anything: scanners follow links."""

from flask import Blueprint, abort, render_template

from cityexchange.core.mail.kinds import mail_kinds
from cityexchange.core.mail.tokens import read_token
from cityexchange.core.web import open_to_programs, public

bp = Blueprint("mail_unsubscribing", __name__, url_prefix="/mail/unsubscribe")


@bp.get("/<token>")
@public
def show_unsubscribing(token):
    return _page(token, "asking")


# No csrf token: mail programs post without a page. The signed token is the right to do exactly this.
# And 200 instead of 303: RFC 8058 forbids a redirect here.
@bp.post("/<token>")
@public
@open_to_programs
def unsubscribe(token):
    return _choose(token, is_on=False)


@bp.post("/<token>/undo")
@public
@open_to_programs
def undo_unsubscribe(token):
    return _choose(token, is_on=True)


def _choose(token, is_on):
    member_id, kind = read_token(token) or abort(404)
    if kind in mail_kinds:
        mail_kinds[kind].choose(member_id, is_on)
    return _page(token, "on" if is_on else "off")


def _page(token, state):
    _, kind = read_token(token) or abort(404)
    label = mail_kinds[kind].label if kind in mail_kinds else kind
    return render_template("mail/pages/unsubscribe.html", token=token, state=state, label=label)
