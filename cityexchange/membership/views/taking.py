"""Taking a place that was offered: whoever reads the mail asks for a code here and types it in the same browser.

The pages say nothing of the offer before the code: their addresses can be guessed.
"""

from flask import abort, redirect, render_template, session
from flask_babel import gettext as _

from cityexchange.core.db import db
from cityexchange.core.limits import caller, take
from cityexchange.core.mail import queue_mail
from cityexchange.core.web import public, see_other
from cityexchange.members.admission import admit
from cityexchange.members.codes import FOR_ALL, MailProof
from cityexchange.members.forms import CodeForm
from cityexchange.members.limits import TYPED_CODES
from cityexchange.members.seats import LastFocalPoint
from cityexchange.members.views.mail_codes import as_mailed
from cityexchange.membership.limits import OFFER_CODES, OFFER_CODES_EVERYWHERE, OFFER_CODES_NETWORK
from cityexchange.membership.offers import NoSeatLeft, PlaceOffer
from cityexchange.membership.views.blueprint import bp


@bp.get("/place-offers/<int:id>")
@public
def show_offer(id):
    return render_template("membership/offer.html", id=id)


@bp.post("/place-offers/<int:id>/code")
@public
def send_offer_code(id):
    take((OFFER_CODES_NETWORK, caller()), (OFFER_CODES, f"{id} {caller()}"))
    has_room = OFFER_CODES_EVERYWHERE.has_room(id)
    made = db.session.get(PlaceOffer, id)
    offer = made if made is not None and made.is_open else None
    proof = send_code(offer, caller()) if has_room else code_for_all(offer)
    session["place_proof"] = proof.id
    return see_other(".confirm_offer", id=id)


def code_for_all(offer):
    """As for an address that others ask codes for: see `mail_codes.code_for_all`."""
    return (offer and MailProof.for_all("place", offer.email)) or send_code(offer, FOR_ALL)


def send_code(offer, network):
    """Where there is none that is open, a proof that nothing proves."""
    proof = MailProof.begin("place", offer.email if offer else "", None, network)
    if offer:
        facts = {"address": offer.email, "locale": offer.locale, "code": proof.new_code(), "purpose": "place"}
        queue_mail(f"proof:{proof.id}", None, "members/typed_code", **facts)
    return proof


@bp.get("/place-offers/<int:id>/confirm")
@public
def confirm_offer(id):
    return render_template("membership/offer_code.html", id=id, form=as_mailed(CodeForm(), "place_proof"))


@bp.post("/place-offers/<int:id>/confirm")
@public
def take_offer(id):
    TYPED_CODES.take(caller())
    form, made = as_mailed(CodeForm(), "place_proof"), db.session.get(PlaceOffer, id)
    member = form.validate() and made and is_proven(made, form.code.data) and taken(made, form)
    if not member:
        form.code.errors = form.code.errors or [
            _("This code is wrong or too old. Look for the newest mail, or ask for another code.")
        ]
        return render_template("membership/offer_code.html", id=id, form=form), 422
    return redirect(admit(member), 303) if member.active else abort(403)


def is_proven(made, code):
    """By a code that this browser asked for: what others ask for or guess is no matter of it."""
    proof = db.session.get(MailProof, session.get("place_proof", 0))
    return proof and (proof.purpose, proof.email) == ("place", made.email) and proof.takes(code)


def taken(made, form):
    try:
        return made.take()
    except NoSeatLeft:
        form.code.errors = [_("The organisation has no place left. Whoever invited you can make room.")]
    except LastFocalPoint:
        form.code.errors = [_("You are the last focal point of your city. Hand the place over first.")]
