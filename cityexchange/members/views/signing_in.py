from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from cityexchange.core import tallies
from cityexchange.core.addresses import compared_address
from cityexchange.core.limits import take
from cityexchange.core.registries import filled, locks, sign_in_doors
from cityexchange.core.web import public
from cityexchange.members import passkeys, security
from cityexchange.members.admission import admit, enter, passwords_allowed
from cityexchange.members.forms import SignInForm
from cityexchange.members.known_browsers import narrow_or_own, shared
from cityexchange.members.limits import ACCOUNT_EVERYWHERE, PER_ACCOUNT, PER_NETWORK
from cityexchange.members.views.blueprint import bp


@bp.get("/sign-in")
@public
def sign_in():
    if current_user.is_authenticated:
        return redirect("/")
    return render_sign_in(SignInForm())


def render_sign_in(form, reasons=()):
    """With the ways beside the password: passkeys, where browsers can make them, and the doors of cities."""
    has_passkeys, doors = passkeys.are_possible(), filled(sign_in_doors)
    return render_template(
        "members/sign_in.html", form=form, has_passkeys=has_passkeys, doors=doors, reasons=reasons
    )


@bp.post("/sign-in")
@public
def create_sign_in():
    form = SignInForm()
    account = compared_address(form.email.data or "")
    tries = count_try(account)
    member = form.validate() and security.verified_member(account, form.password.data)
    if not (member and passwords_allowed(member)):
        return refuse_sign_in(form, filled(locks, member) if member else ())
    forgive(tries)
    return redirect(admit(member, request.args.get("next", "")), 303)


def count_try(account):
    """Threat: others try until nobody may any more; the owner still has their mail."""
    tries = [*narrow_or_own(account, PER_NETWORK, PER_ACCOUNT), *shared(account, ACCOUNT_EVERYWHERE)]
    try:
        take(*tries)
    except TooManyRequests as refusal:
        way_on = url_for("members.new_sign_in_code", next=request.args.get("next"))
        refusal.way_back = way_on, _("Sign in with a code")
        raise
    return tries


def forgive(tries):
    """Who comes in clears what was counted for the account; of the network only this try, for others are in it."""
    for limit, who in tries:
        (limit.give_back if limit is PER_NETWORK else limit.forget)(who)


def refuse_sign_in(form, reasons):
    """Only who typed the right password reads why it does not help today."""
    tallies.count("sign_in", 422)
    if not reasons:
        form.password.errors = [
            _("This address and password do not belong together. Check both and try again.")
        ]
    return render_sign_in(form, reasons), 422


@bp.post("/sign-in/demo")
@public
def sign_in_as_demo():
    """One press in development; in production there is no such page."""
    find_demo_member = current_app.extensions.get("demo_sign_in")
    member = find_demo_member and find_demo_member(request.form.get("email", ""))
    if not member:
        abort(404)
    enter(member)
    return redirect("/", 303)


@bp.post("/sign-out")
@public
def sign_out():
    security.sign_out()
    return redirect(url_for("members.sign_in"), 303)
