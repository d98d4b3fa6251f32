from functools import partial

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from cityexchange.core import audit
from cityexchange.core.db import aftermath
from cityexchange.core.limits import Limit, caller
from cityexchange.core.web import is_local, public
from cityexchange.members import security
from cityexchange.members.forms import SignInForm
from cityexchange.members.views import bp

PER_ACCOUNT = Limit("sign_in_account", most=10, seconds=900)
PER_NETWORK = Limit("sign_in_network", most=50, seconds=900)


@bp.get("/sign-in")
@public
def sign_in():
    if current_user.is_authenticated:
        return redirect("/")
    return render_template("members/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
@public
def create_sign_in():
    form = SignInForm()
    account = (form.email.data or "").strip().lower()
    PER_ACCOUNT.insist(account)
    PER_NETWORK.insist(caller())
    member = form.validate() and security.verified_member(account, form.password.data)
    if not member:
        return refuse_sign_in(form, account)
    security.sign_in(member, device=security.device_in_words(request.user_agent.string))
    PER_ACCOUNT.forget(account)
    target = request.args.get("next", "")
    return redirect(target if is_local(target) else "/", 303)


def refuse_sign_in(form, account):
    PER_ACCOUNT.count(account)
    PER_NETWORK.count(caller())
    aftermath(partial(audit.record, "sign_in", outcome="refused", status=422))
    form.password.errors = [_("This address and password do not belong together. Check both and try again.")]
    return render_template("members/sign_in.html", form=form), 422


@bp.post("/sign-in/demo")
@public
def sign_in_as_demo():
    """One press in development; in production there is no such page."""
    find_demo_member = current_app.extensions.get("demo_sign_in")
    member = find_demo_member and find_demo_member(request.form.get("email", ""))
    if not member:
        abort(404)
    security.sign_in(member, device=security.device_in_words(request.user_agent.string))
    return redirect("/", 303)


@bp.post("/sign-out")
@public
def sign_out():
    security.sign_out()
    return redirect(url_for("members.sign_in"), 303)
