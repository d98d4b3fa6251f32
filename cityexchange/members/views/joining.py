"""Asking for a place."""

from functools import partial
from operator import attrgetter

from flask import render_template, session
from flask_babel import get_locale
from flask_babel import gettext as _

from cityexchange.cities.domains import city_of_address
from cityexchange.cities.finding import city_called
from cityexchange.cities.models import TAKING_PART, City
from cityexchange.core.db import among, db
from cityexchange.core.limits import EVERYBODY, caller, take
from cityexchange.core.mail import queue_mail
from cityexchange.core.once import once
from cityexchange.core.ordering import by_name
from cityexchange.core.policy import visible_to
from cityexchange.core.web import me, public, see_other
from cityexchange.members import security
from cityexchange.members.forms import CodeForm, JoinForm
from cityexchange.members.joining import JoinRequest
from cityexchange.members.letters import LetterForm
from cityexchange.members.limits import JOIN_CODES, JOINS, JOINS_OF_ALL
from cityexchange.members.models import Member
from cityexchange.members.views.blueprint import bp


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
    take((JOINS, caller()), (JOINS_OF_ALL, EVERYBODY))
    return begin(form=form, password=security.hashed(form.password.data))


@partial(once, hands="join_request")
def begin(form, password):
    """A function of its own, for the hash comes before the unit's first change, which is the press."""
    asked = join_request(form, password)
    db.session.add(asked)
    db.session.flush()
    send_code(asked)
    session["join_request"] = asked.id
    return see_other("members.new_join_code")


def join_request(form, password):
    name = (form.city_name.data or "").strip()
    at_home = city_of_address(form.email.data)
    named = city_called(name)
    city = named or at_home
    return JoinRequest(
        name=form.name.data.strip(),
        email=form.email.data,
        job_title=form.job_title.data.strip(),
        city=city,
        city_name=city.name if city and (named or not name) else name,
        is_of_domain=city is not None and city is at_home,
        why=form.why.data or "",
        locale=str(get_locale()),
        password=password,
    )


def send_code(asked):
    code = asked.new_code()
    state = db.session.scalar(db.select(Member.state).where(Member.email == asked.email))
    is_known = state is not None
    template = {None: "members/code", "locked": "members/suspended"}.get(state, "members/known")
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
    JOIN_CODES.take(caller())
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


def cities_to_name():
    """(id, called, country) of those that take part, by name."""
    part = visible_to(me(), City).where(among(City.state, TAKING_PART))
    found = db.session.execute(part.with_only_columns(City.id, City.called, City.country))
    return by_name(found, attrgetter("called"))


def render_join(form):
    return render_template(
        "members/join.html", form=form, city_names=[city.called for city in cities_to_name()]
    )
