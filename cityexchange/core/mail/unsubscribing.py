"""Switching a kind of mail off from the mail itself (RFC 8058). Only a POST changes anything: scanners follow links."""

from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request

from cityexchange.core.mail.kinds import mail_kinds
from cityexchange.core.mail.tokens import read_token
from cityexchange.core.web import open_to_programs, public

bp = Blueprint("mail_unsubscribing", __name__, url_prefix="/mail/unsubscribe")


class Offered(NamedTuple):
    """A kind of mails on the page, and whether they come."""

    name: str
    label: Any
    comes: bool


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
    """All kinds of the mail, as a mail program does with one press, or the one that is named."""
    member_id, kinds = read_token(token) or abort(404)
    chosen = [kind for kind in kinds if kind == request.form.get("kind", kind)] or abort(404)
    for kind in chosen:
        if kind in mail_kinds:
            mail_kinds[kind].choose(member_id, is_on)
    return _page(token, "on" if is_on else "off", chosen)


def _page(token, state, chosen=()):
    member_id, kinds = read_token(token) or abort(404)
    context = {
        "token": token,
        "state": state,
        "chosen": chosen,
        "labels": [_label(kind) for kind in chosen or kinds],
        "kinds": [Offered(kind, _label(kind), _comes(kind, member_id)) for kind in kinds],
    }
    return render_template("mail/pages/unsubscribe.html", **context)


def _label(kind):
    return mail_kinds[kind].label if kind in mail_kinds else kind


def _comes(kind, member_id):
    return kind in mail_kinds and mail_kinds[kind].comes(member_id)
