from flask import flash, render_template, session
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security.utils import hash_password
from sqlalchemy import case

from cityexchange.cities.domains import city_of_address
from cityexchange.cities.finding import cities_called, city_called, is_place
from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core import audit
from cityexchange.core.db import among, db
from cityexchange.core.files.letters import LetterForm
from cityexchange.core.limits import NETWORK, Limit, caller
from cityexchange.core.listing import stretch_of
from cityexchange.core.mail import queue_mail
from cityexchange.core.policy import can, is_visible, visible_to
from cityexchange.core.web import authorize, find, me, public, see_other
from cityexchange.members.forms import CodeForm, DeclineForm, JoinForm, NamedCityForm
from cityexchange.members.imitation import members_like
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from cityexchange.members.views.blueprint import bp
from cityexchange.members.waiting import ask_for_a_decision

JOINS = Limit("join", most=10, seconds=3600, each=NETWORK)
CODES = Limit("join_code", most=30, seconds=3600, each=NETWORK)


@bp.get("/join")
@public
def new_join_request():
    return render_join(JoinForm())


@bp.post("/join")
@public
def create_join_request():
    """The answer is the same whether or not the address has an account: only its owner learns it, by mail."""
    form = JoinForm()
    if not form.validate():
        return render_join(form), 422
    JOINS.spend(caller())
    asked = join_request(form)
    db.session.add(asked)
    db.session.flush()
    send_code(asked)
    session["join_request"] = asked.id
    return see_other("members.new_join_code")


def join_request(form):
    name = (form.city_name.data or "").strip()
    at_home = city_of_address(form.email.data.strip().lower())
    named = city_called(name)
    city = named or at_home
    return JoinRequest(
        name=form.name.data.strip(),
        email=form.email.data.strip().lower(),
        job_title=form.job_title.data.strip(),
        city=city,
        city_name=city.name if city and (named or not name) else name,
        is_of_domain=city is not None and city is at_home,
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
    CODES.take(caller())
    form, asked = CodeForm(), db.session.get(JoinRequest, session.get("join_request", 0))
    if not form.validate():
        return render_template("members/join_code.html", form=form), 422
    if not (asked and asked.confirm(form.code.data)):
        form.code.errors = [_("This code is wrong or too old. Check the mail, or ask for a place again.")]
        return render_template("members/join_code.html", form=form), 422
    session["join_asked"] = session.pop("join_request")
    return see_other(".show_join_waiting")


@bp.get("/join/waiting")
@public
def show_join_waiting():
    asked = asked_from_here()
    return render_waiting(asked, LetterForm()) if asked else see_other(".new_join_request")


@bp.post("/join/waiting")
@public
def create_join_letter():
    """A letter of the city stands in for an address of it (US01)."""
    asked = asked_from_here()
    if not (asked and asked.takes_letter):
        return see_other(".show_join_waiting")
    form = LetterForm()
    if not form.validate():
        return render_waiting(asked, form), 422
    asked.take_letter(form.received)
    return see_other(".show_join_waiting")


def asked_from_here():
    return db.session.get(JoinRequest, session.get("join_asked", 0))


def render_waiting(asked, form):
    return render_template("members/join_waiting.html", asked=asked, form=form)


LINES = 50
"""Requests on a page."""
WAITING_FIRST = (case((JoinRequest.state == "waiting", 0), else_=1), JoinRequest.created_at, JoinRequest.id)


@bp.get("/join-requests")
def index_join_requests():
    requests = stretch_of(visible_to(me(), JoinRequest), WAITING_FIRST, LINES)
    return render_template("members/join_requests.html", stretch=requests)


@bp.get("/join-requests/<int:id>")
def show_join_request(id):
    """Where the mail leads: one request, with its two buttons. Looking does nothing."""
    return render_request(find(JoinRequest, id), DeclineForm())


@bp.post("/join-requests/<int:id>/city")
def name_city(id):
    """Nobody found the city that was typed: the team says which one is meant, and it is asked in its turn."""
    asked, form = held_request(id), NamedCityForm(cities_to_name())
    authorize("name_city", asked)
    if not form.validate():
        return render_request(asked, DeclineForm(formdata=None), form), 422
    asked.name_city(db.session.get_one(City, form.city.data))
    audit.record("name_city", asked, actor_id=me().id, city_id=asked.city_id)
    ask_for_a_decision(asked)
    return see_other(".show_join_request", id=id)


@bp.post("/join-requests/<int:id>/accept")
def accept_join_request(id):
    asked = held_request(id)
    authorize("accept", asked)
    asked.look_again()
    member = asked.accept(me(), asked.city)
    audit.record("accept_join_request", member, actor_id=me().id)
    queue_mail(f"joined:{asked.id}", member, "members/accepted")
    flash(_("%(name)s can sign in now.", name=member.name))
    return see_other("members.index_join_requests")


@bp.post("/join-requests/<int:id>/decline")
def decline_join_request(id):
    asked, form = held_request(id), DeclineForm()
    authorize("decline", asked)
    if not form.validate():
        return render_request(asked, form), 422
    asked.decline(me(), form.reason.data)
    audit.record("decline_join_request", asked, actor_id=me().id)
    tell_declined(asked)
    return see_other("members.index_join_requests")


def tell_declined(asked):
    words = {"address": asked.email, "locale": asked.locale, "reason": asked.reason}
    queue_mail(f"declined:{asked.id}", None, "members/declined", **words)


def held_request(id):
    asked = find(JoinRequest, id)
    asked.hold()
    return asked


def render_request(asked, form, city_form=None):
    city = asked.city_today
    context = {
        "asked": asked,
        "form": form,
        "city": city,
        "city_form": city_form,
        "alike": alike_to(asked, city),
    }
    if can(me(), "name_city", asked):
        context["city_form"] = city_form or NamedCityForm(cities_to_name(), formdata=None)
        context["why_no_city"] = why_no_city(asked)
    return render_template("members/join_request.html", **context)


def alike_to(asked, city):
    """Threat: who asks has the name of somebody whom others know, and the place is given to the name."""
    alike = members_like(asked.name, city) if asked.state == "waiting" else []
    return [member for member in alike if is_visible(me(), member)]


def why_no_city(asked):
    if asked.city or not cities_called(asked.city_name):
        return "no_part" if asked.city or is_place(asked.city_name) else "unknown"
    return "several"


def cities_to_name():
    """(id, name, country) of those that take part, by name."""
    part = visible_to(me(), City).where(among(City.state, TAKING_PART)).order_by(City.name, City.id)
    return db.session.execute(part.with_only_columns(City.id, City.name, City.country)).all()


def render_join(form):
    return render_template(
        "members/join.html", form=form, city_names=[city.name for city in cities_to_name()]
    )
