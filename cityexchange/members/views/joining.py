from functools import partial

from flask import flash, render_template, session
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security.utils import hash_password
from sqlalchemy import case, func

from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import aftermath, db
from cityexchange.core.limits import Limit, caller
from cityexchange.core.listing import stretch_of
from cityexchange.core.mail import queue_mail
from cityexchange.core.policy import visible_to
from cityexchange.core.web import authorize, find, me, public, see_other
from cityexchange.members.forms import CodeForm, DeclineForm, JoinForm
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from cityexchange.members.views import bp

JOINS = Limit("join", most=10, seconds=3600)
CODES = Limit("join_code", most=30, seconds=3600)


@bp.get("/join")
@public
def new_join_request():
    return render_join(JoinForm())


@bp.post("/join")
@public
def create_join_request():
    """The answer is the same whether or not the address has an account: only its owner learns it, by mail."""
    JOINS.insist(caller())
    form = JoinForm()
    if not form.validate():
        return render_join(form), 422
    JOINS.count(caller())
    asked = join_request(form)
    db.session.add(asked)
    db.session.flush()
    send_code(asked)
    session["join_request"] = asked.id
    return see_other("members.new_join_code")


def join_request(form):
    name = form.city_name.data.strip()
    city = db.session.scalar(visible_to(me(), City).where(func.lower(City.name) == name.lower()))
    return JoinRequest(
        name=form.name.data.strip(),
        email=form.email.data.strip().lower(),
        job_title=form.job_title.data.strip(),
        city=city,
        city_name=name,
        why=form.why.data or "",
        locale=str(get_locale()),
        password=hash_password(form.password.data),
    )


def send_code(asked):
    code = asked.new_code()
    is_known = db.session.scalar(db.select(Member.id).where(Member.email == asked.email))
    template = "members/known" if is_known else "members/code"
    key = f"join:{asked.id}:{asked.code_digest[:12]}"
    queue_mail(key, None, template, address=asked.email, locale=asked.locale, code="" if is_known else code)
    if is_known:
        asked.code_digest = ""


@bp.get("/join/code")
@public
def new_join_code():
    return render_template("members/join_code.html", form=CodeForm())


@bp.post("/join/code")
@public
def confirm_join_code():
    CODES.insist(caller())
    CODES.count(caller())
    form, asked = CodeForm(), db.session.get(JoinRequest, session.get("join_request", 0))
    if not form.validate():
        return render_template("members/join_code.html", form=form), 422
    if not (asked and confirm(asked, form.code.data)):
        form.code.errors = [_("This code is wrong or too old. Check the mail, or ask for a place again.")]
        return render_template("members/join_code.html", form=form), 422
    session.pop("join_request")
    return render_template("members/join_waiting.html", asked=asked)


def confirm(asked, code):
    """A wrong try counts although the answer is a refusal."""
    if asked.confirm(code):
        return True
    aftermath(partial(count_try, asked.id))
    return False


def count_try(id):
    db.session.get(JoinRequest, id).tries += 1


LINES = 50
"""Requests on a page."""
WAITING_FIRST = (case((JoinRequest.state == "waiting", 0), else_=1), JoinRequest.created_at, JoinRequest.id)


@bp.get("/join-requests")
def index_join_requests():
    requests = stretch_of(visible_to(me(), JoinRequest), WAITING_FIRST, LINES)
    return render_template("members/join_requests.html", stretch=requests, form=DeclineForm())


@bp.post("/join-requests/<int:id>/accept")
def accept_join_request(id):
    asked = find(JoinRequest, id)
    authorize("accept", asked)
    member = asked.accept(me(), asked.city)
    audit.record("accept_join_request", member, actor_id=me().id)
    queue_mail(f"joined:{asked.id}", member, "members/accepted")
    flash(_("%(name)s can sign in now.", name=member.name))
    return see_other("members.index_join_requests")


@bp.post("/join-requests/<int:id>/decline")
def decline_join_request(id):
    asked, form = find(JoinRequest, id), DeclineForm()
    authorize("decline", asked)
    if not form.validate():
        flash(_("Please give a reason: the person will read it."), "error")
        return index_join_requests(), 422
    asked.decline(me(), form.reason.data)
    audit.record("decline_join_request", asked, actor_id=me().id)
    tell_declined(asked)
    return see_other("members.index_join_requests")


def tell_declined(asked):
    words = {"address": asked.email, "locale": asked.locale, "reason": asked.reason}
    queue_mail(f"declined:{asked.id}", None, "members/declined", **words)


def render_join(form):
    names = db.session.scalars(visible_to(me(), City).with_only_columns(City.name).order_by(City.name))
    return render_template("members/join.html", form=form, city_names=names.all())
