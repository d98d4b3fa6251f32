"""A member's own second factors: setting them up, naming them, taking them away."""

import io

import segno
from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cityexchange.core.registries import sign_in_panels
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.members import factor_steps, passkeys, security
from cityexchange.members.admission import proves
from cityexchange.members.factors import Authenticator, Passkey, RecoveryCode
from cityexchange.members.forms import AuthenticatorForm, FactorResetForm, PasskeyForm, SureForm
from cityexchange.members.limits import PROOFS
from cityexchange.members.models import Member
from cityexchange.members.views.blueprint import bp


def factors_panel(member):
    """What the settings of signing in say of second factors."""
    authenticator = Authenticator.of(member)
    context = {
        "authenticator": authenticator if authenticator and authenticator.confirmed_at else None,
        "passkeys": Passkey.of(member),
        "codes_left": RecoveryCode.left(member),
        "passkeys_possible": passkeys.are_possible(),
    }
    return "members/settings/_factors.html", context


@bp.get("/settings/sign-in/authenticator")
def new_authenticator():
    """The secret was made by the press that led here; looking again shows the same."""
    authenticator = Authenticator.of(me())
    if authenticator is None or authenticator.confirmed_at:
        return see_other("members.edit_sign_in")
    return render_authenticator(authenticator, AuthenticatorForm())


@bp.post("/settings/sign-in/authenticator")
def create_authenticator():
    authorize("edit", me())
    known = Authenticator.of(me())
    if not (known and known.confirmed_at):
        Authenticator.begin(me())
    return see_other("members.new_authenticator")


@bp.post("/settings/sign-in/authenticator/confirm")
def confirm_authenticator():
    member, form = me(), AuthenticatorForm()
    authorize("edit", member)
    PROOFS.take(member.id)
    authenticator = Authenticator.of(member)
    if authenticator is None or authenticator.confirmed_at:
        return see_other("members.edit_sign_in")
    if not (form.validate() and authenticator.takes(form.code.data)):
        form.code.errors = [_("This is not the code of now. Look at your application again.")]
        return render_authenticator(authenticator, form), 422
    PROOFS.give_back(member.id)
    return added(member, "authenticator_added")


def render_authenticator(authenticator, form):
    return render_template("members/settings/authenticator.html", form=form, secret=authenticator.secret)


@bp.get("/settings/sign-in/authenticator.svg")
def draw_authenticator():
    """The picture that an application reads: black on white whatever the page's colours, never kept by a browser."""
    authenticator = Authenticator.of(me())
    if authenticator is None or authenticator.confirmed_at:
        return see_other("members.edit_sign_in")
    address, drawn = authenticator.address(me().email, "cityexchange"), io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff")
    return Response(drawn.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


@bp.post("/settings/sign-in/passkeys/question")
def ask_new_passkey():
    authorize("edit", me())
    return passkeys.creation_options(me()), {"Content-Type": "application/json"}


@bp.post("/settings/sign-in/passkeys")
def create_passkey():
    member, form = me(), PasskeyForm()
    authorize("edit", member)
    try:
        if not form.validate() or len(Passkey.of(member)) >= passkeys.MOST:
            raise passkeys.WrongAnswer
        passkeys.keep(member, form.name.data, form.answer.data)
    except passkeys.WrongAnswer:
        flash(
            _("This device gave no passkey that we can use. Try once more, or choose another way."), "error"
        )
        return see_other("members.edit_sign_in")
    return added(member, "passkey_added")


def added(member, what):
    """The first factor brings recovery codes, and ends what was open without it."""
    factor_steps.note_added(member, what)
    if RecoveryCode.left(member):
        flash(_("From now on you sign in with it."))
        return see_other("members.edit_sign_in")
    member.sign_out_everywhere(but=g.sign_in_session)
    return show_codes(RecoveryCode.renew(member))


def show_codes(codes):
    """Shown this once, so no redirect: what is stored are digests."""
    page = render_template("members/settings/recovery_codes.html", codes=codes)
    return page, {"Cache-Control": "no-store"}


@bp.get("/settings/sign-in/sure")
def new_removal():
    what = request.args.get("what")
    return render_sure(SureForm(request.args)) if may_change(what) else see_other("members.edit_sign_in")


@bp.post("/settings/sign-in/sure")
def change_factors():
    """Takes away a factor or makes new recovery codes, for whoever shows again who they are."""
    member, form = me(), SureForm()
    authorize("edit", member)
    PROOFS.take(member.id)
    if not may_change(form.what.data):
        return see_other("members.edit_sign_in")
    if not (form.validate() and is_sure(member, form.proof.data)):
        form.proof.errors = [_("This is neither your password nor a code of now.")]
        return render_sure(form), 422
    PROOFS.give_back(member.id)
    return CHANGES[form.what.data.split(":")[0]](member, form.what.data)


def may_change(what):
    """Whether this names something of one's own."""
    kind, _colon, number = (what or "").partition(":")
    if kind == "passkey":
        return number.isdecimal() and any(key.id == int(number) for key in Passkey.of(me()))
    return kind in CHANGES and not number


def is_sure(member, proof):
    return bool(security.verified_member(member.email, proof)) or proves(member, proof)


def render_sure(form):
    return render_template("members/settings/sure.html", form=form)


def remove_authenticator(member, _what):
    factor_steps.remove(member, Authenticator.of(member))
    return see_other("members.edit_sign_in")


def remove_passkey(member, what):
    factor_steps.remove(member, next(key for key in Passkey.of(member) if f"passkey:{key.id}" == what))
    return see_other("members.edit_sign_in")


def renew_codes(member, _what):
    return show_codes(factor_steps.renew_codes(member))


CHANGES = {"authenticator": remove_authenticator, "passkey": remove_passkey, "codes": renew_codes}


@bp.get("/members/<int:id>/factors/reset")
def new_factor_reset(id):
    member = find(Member, id)
    authorize("reset_factors", member)
    return render_template("members/reset_factors.html", member=member, form=FactorResetForm())


@bp.post("/members/<int:id>/factors/reset")
def reset_factors(id):
    """For a member who has lost them all and was recognised another way: said in the reason."""
    member, form = find(Member, id), FactorResetForm()
    authorize("reset_factors", member)
    if not form.validate():
        return render_template("members/reset_factors.html", member=member, form=form), 422
    factor_steps.reset(member, form.reason.data)
    flash(_("%(name)s signs in without a second factor until a new one is set up.", name=member.name))
    return redirect(url_for(".show_member", id=id), 303)


def init_app(app):
    sign_in_panels.add("factors", factors_panel, order=10)
