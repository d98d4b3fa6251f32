"""Changing the address one signs in with: proven by a code to the new one, told to the old one."""

from flask import flash, g, render_template, session
from flask_babel import gettext as _

from cityexchange.cities.domains import city_of_address
from cityexchange.core.db import db
from cityexchange.core.limits import caller
from cityexchange.core.mail import queue_mail
from cityexchange.core.web import authorize, me, see_other
from cityexchange.members.codes import MailProof
from cityexchange.members.forms import CodeForm, NewAddressForm
from cityexchange.members.limits import ADDRESS_CHANGES, PROOFS, TYPED_CODES
from cityexchange.members.models import Member
from cityexchange.members.notices import tell
from cityexchange.members.views.blueprint import bp
from cityexchange.members.views.factors import is_sure


@bp.get("/settings/address")
def edit_address():
    return render_template("members/settings/address.html", form=NewAddressForm())


@bp.post("/settings/address")
def update_address():
    """The answer is the same for an address that has an account: its owner is told by mail."""
    member, form = me(), NewAddressForm()
    authorize("edit", member)
    if not (form.validate() and is_of_city(member, form) and proven(member, form)):
        return render_template("members/settings/address.html", form=form), 422
    ADDRESS_CHANGES.spend(member.id)
    session["mail_proof"] = send_code(member, form.email.data).id
    return see_other("members.confirm_address")


def is_of_city(member, form):
    """Threat: a place that was given for an address of the city would go on with one that proves nothing."""
    at_home = city_of_address(member.email)
    if not (at_home and at_home is member.city) or city_of_address(form.email.data) is at_home:
        return True
    form.email.errors = [
        _("Your place goes with an address of your city. Ask the coordination team if you need another one.")
    ]
    return False


def proven(member, form):
    PROOFS.take(member.id)
    if is_sure(member, form.proof.data):
        PROOFS.give_back(member.id)
        return True
    form.proof.errors = [_("This is neither your password nor a code of now.")]
    return False


def send_code(member, address):
    proof = MailProof.begin("new_address", address, member, caller())
    code, is_free = proof.new_code(), not is_taken(address)
    template = "members/typed_code" if is_free else "members/known"
    facts = {"address": address, "locale": member.locale, "purpose": "new_address"}
    queue_mail(f"proof:{proof.id}", None, template, code=code if is_free else "", **facts)
    if not is_free:
        proof.code_digest = ""
    return proof


def is_taken(address):
    return db.session.scalar(db.select(Member.id).where(Member.email == address)) is not None


@bp.get("/settings/address/confirm")
def confirm_address():
    return render_template("members/settings/confirm_address.html", form=CodeForm())


@bp.post("/settings/address/confirm")
def take_address():
    member, form = me(), CodeForm()
    authorize("edit", member)
    TYPED_CODES.take(member.id)
    proof = db.session.get(MailProof, session.get("mail_proof", 0))
    if not (form.validate() and proof and is_right(proof, form.code.data)):
        form.code.errors = [
            _("This code is wrong or too old. Look for the newest mail, or ask for another code.")
        ]
        return render_template("members/settings/confirm_address.html", form=form), 422
    move(member, proof.email)
    return see_other("members.edit_sign_in")


def is_right(proof, code):
    """An address that somebody took meanwhile is not given twice."""
    is_mine = proof.purpose == "new_address" and proof.member_id == me().id
    return is_mine and proof.proven(code) and not is_taken(proof.email)


def move(member, address):
    before = member.email
    member.change_address(address, but=g.sign_in_session)
    session.pop("mail_proof")
    tell(member, "address_changed", address=before)
    tell(member, "address_changed")
    flash(_("From now on you sign in with %(address)s.", address=address))
