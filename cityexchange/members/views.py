from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from cityexchange.core import audit
from cityexchange.core.db import aftermath
from cityexchange.core.web import authorize, find, is_local, me, public
from cityexchange.members import security
from cityexchange.members.forms import SignInForm
from cityexchange.members.models import Member

bp = Blueprint("members", __name__)


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
    member = form.validate() and security.verified_member(form.email.data, form.password.data)
    if not member:
        aftermath(partial(audit.record, "sign_in", outcome="refused", status=422))
        form.password.errors = [
            _("This address and password do not belong together. Check both and try again.")
        ]
        return render_template("members/sign_in.html", form=form), 422
    security.sign_in(member, device=request.user_agent.string)
    target = request.args.get("next", "")
    return redirect(target if is_local(target) else "/", 303)


@bp.post("/sign-out")
@public
def sign_out():
    security.sign_out()
    return redirect(url_for("members.sign_in"), 303)


@bp.get("/members/<int:id>")
def show_member(id):
    return render_template("members/show.html", member=find(Member, id))


@bp.post("/members/<int:id>/suspend")
def suspend_member(id):
    member = find(Member, id)
    authorize("suspend", member)
    member.suspend()
    audit.record("suspend", member, actor_id=me().id)
    return redirect(url_for(".show_member", id=id), 303)
