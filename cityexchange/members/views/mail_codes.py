"""Two doors for whoever reads the mail of an address: a new password, and signing in without one.

The answers are the same whether or not the address has an account: only its owner learns it, by mail.
"""

from flask import flash, redirect, render_template, request, session
from flask_babel import get_locale
from flask_babel import gettext as _

from cityexchange.core import tallies
from cityexchange.core.db import db
from cityexchange.core.limits import caller, take
from cityexchange.core.mail import queue_mail
from cityexchange.core.web import public, see_other
from cityexchange.members import security
from cityexchange.members.admission import admit, forget_pending, other_door, passwords_allowed
from cityexchange.members.codes import FOR_ALL, MailProof
from cityexchange.members.forms import AddressForm, CodeForm, NewPasswordForm
from cityexchange.members.known_browsers import narrow_or_own, shared
from cityexchange.members.limits import (
    CODES_FROM_EVERYWHERE,
    CODES_FROM_NETWORK,
    CODES_TO_ADDRESS,
    TYPED_CODES,
)
from cityexchange.members.models import Member
from cityexchange.members.notices import tell
from cityexchange.members.views.blueprint import bp


@bp.get("/sign-in/code")
@public
def new_sign_in_code():
    return render_template("members/codes/ask_sign_in.html", form=AddressForm())


@bp.post("/sign-in/code")
@public
def create_sign_in_code():
    return ask("sign_in", "members/codes/ask_sign_in.html", "members.confirm_sign_in_code")


@bp.get("/sign-in/code/confirm")
@public
def confirm_sign_in_code():
    return render_template("members/codes/sign_in.html", form=as_mailed(CodeForm(), "mail_proof"))


@bp.post("/sign-in/code/confirm")
@public
def sign_in_by_code():
    form = as_mailed(CodeForm(), "mail_proof")
    member = form.validate() and is_counted() and proven("sign_in", form)
    if not member:
        return render_template("members/codes/sign_in.html", form=form), 422
    return redirect(admit(member, request.args.get("next", "")), 303)


@bp.get("/forgotten")
@public
def new_reset():
    return render_template("members/codes/ask_reset.html", form=AddressForm())


@bp.post("/forgotten")
@public
def create_reset():
    return ask("reset", "members/codes/ask_reset.html", "members.edit_forgotten_password")


@bp.get("/password/new")
@public
def edit_forgotten_password():
    return render_template("members/codes/reset.html", form=as_mailed(NewPasswordForm(), "mail_proof"))


@bp.post("/password/new")
@public
def update_forgotten_password():
    """Ends every sign-in, half ones too: whoever had the old password, or the browser, is out."""
    form = as_mailed(NewPasswordForm(), "mail_proof")
    digest = form.validate() and is_counted() and security.hashed(form.password.data)
    member = digest and proven("reset", form)
    if not member:
        return render_template("members/codes/reset.html", form=form), 422
    member.reset_password(digest)
    forget_pending(member)
    tell(member, "password_changed")
    flash(_("Your new password is saved."))
    return redirect(admit(member), 303)


def ask(purpose, template, way_on):
    form = AddressForm()
    if not form.validate():
        return render_template(template, form=form), 422
    address = form.email.data
    take(*narrow_or_own(address, CODES_FROM_NETWORK, CODES_TO_ADDRESS))
    has_room = all(limit.has_room(who) for limit, who in shared(address, CODES_FROM_EVERYWHERE))
    proof = send_code(purpose, address, caller()) if has_room else code_for_all(purpose, address)
    session["mail_proof"] = proof.id
    return see_other(way_on, next=request.args.get("next"))


def code_for_all(purpose, address):
    """Threat: others have codes mailed until the owner gets none. Whoever asks then types the same one, which was mailed once."""
    return MailProof.for_all(purpose, address) or send_code(purpose, address, FOR_ALL)


def send_code(purpose, address, network):
    known = db.session.scalar(
        db.select(Member).filter_by(email=address).where(Member.state.in_(("active", "locked")))
    )
    member = known if known and known.active else None
    door = other_door(member)
    proof = MailProof.begin(purpose, address, None if door else member, network)
    code, key = proof.new_code(), f"proof:{proof.id}"
    template = template_for(known, door)
    code = code if template == "members/typed_code" else ""
    locale = known.locale if known else str(get_locale())
    queue_mail(key, None, template, address=address, locale=locale, code=code, purpose=purpose, door=door)
    return proof


def template_for(known, door):
    """`known`: who is there under this address, suspended ones too."""
    if known is None:
        return "members/no_account"
    if not known.active:
        return "members/suspended"
    return "members/other_door" if door else "members/typed_code"


def as_mailed(form, key):
    """Asks for as many digits as the mail shows that this browser asked for; `key` is where its session remembers it."""
    proof = db.session.get(MailProof, session.get(key, 0))
    if proof and proof.is_for_all:
        form.ask_for_twelve()
    return form


def is_counted():
    """The try counts although the answer may be a refusal."""
    TYPED_CODES.take(caller())
    return True


def proven(purpose, form):
    """The member whose code it is; else the form says so."""
    proof = db.session.get(MailProof, session.get("mail_proof", 0))
    member = proof.proven(form.code.data) if proof and proof.purpose == purpose else None
    if member and passwords_allowed(member):
        session.pop("mail_proof")
        TYPED_CODES.give_back(caller())
        return member
    tallies.count(f"mail_code_{purpose}", 422)
    form.code.errors = [
        _("This code is wrong or too old. Look for the newest mail, or ask for another code.")
    ]
