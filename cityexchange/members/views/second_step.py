"""The second step of signing in, and signing in by passkey alone."""

from functools import partial

from flask import abort, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from cityexchange.core import audit, tallies
from cityexchange.core.db import aftermath, db
from cityexchange.core.limits import caller
from cityexchange.core.web import public, see_other
from cityexchange.members import passkeys
from cityexchange.members.admission import admit_wholly, end_pending, enter, pending, proves, ways_of
from cityexchange.members.factors import SecondStep
from cityexchange.members.forms import SecondStepForm
from cityexchange.members.known_browsers import number_for
from cityexchange.members.limits import PASSKEY_ANSWERS, PASSKEY_QUESTIONS, SECOND_TRIES
from cityexchange.members.views.blueprint import bp


@bp.get("/sign-in/second")
@public
def new_second_step():
    if current_user.is_authenticated:
        return redirect("/")
    step = pending()
    return render_step(step, SecondStepForm()) if step else see_other("members.sign_in")


@bp.post("/sign-in/second")
@public
def take_second_step():
    step, form = pending(), SecondStepForm()
    if step is None:
        return see_other("members.sign_in")
    member = step.member
    whose = number_for(member.email) or member.id
    SECOND_TRIES.take(whose)
    if not (form.validate() and proves(member, form.code.data or "", form.answer.data or "")):
        return refuse_step(step, form)
    SECOND_TRIES.forget(whose)
    way_on = end_pending(step)
    enter(member)
    return redirect(way_on, 303)


def refuse_step(step, form):
    aftermath(partial(count_try, step.id))
    facts = {"outcome": "refused", "status": 422, "actor_id": step.member_id}
    aftermath(partial(audit.record, "second_step", **facts))
    form.code.errors = [_("This is not right, or it was used before. Try the next code that is shown.")]
    return render_step(step, form), 422


def count_try(id):
    if step := db.session.get(SecondStep, id):
        step.tries += 1


def render_step(step, form):
    return render_template("members/codes/second.html", form=form, ways=ways_of(step.member))


@bp.post("/sign-in/second/question")
@public
def ask_second_passkey():
    step = pending() or abort(404)
    PASSKEY_QUESTIONS.spend(caller())
    return passkeys.request_options(step.member), {"Content-Type": "application/json"}


@bp.post("/sign-in/passkey/question")
@public
def ask_passkey():
    PASSKEY_QUESTIONS.spend(caller())
    return passkeys.request_options(), {"Content-Type": "application/json"}


@bp.post("/sign-in/passkey")
@public
def sign_in_by_passkey():
    PASSKEY_ANSWERS.take(caller())
    try:
        key = passkeys.owner(request.form.get("answer", ""))
    except passkeys.WrongAnswer:
        tallies.count("sign_in_by_passkey", 422)
        return render_template("members/codes/passkey_refused.html"), 422
    PASSKEY_ANSWERS.give_back(caller())
    return redirect(admit_wholly(key.member, request.args.get("next", "")), 303)
