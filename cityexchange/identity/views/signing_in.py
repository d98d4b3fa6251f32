"""Away to the city's provider and back. The way back is a page with one press: what is opened changes nothing here."""

import hmac
from dataclasses import asdict
from functools import partial
from operator import attrgetter

from flask import abort, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from werkzeug.utils import import_string

from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import aftermath, db
from cityexchange.core.limits import caller
from cityexchange.core.ordering import by_name
from cityexchange.core.web import public
from cityexchange.identity.arriving import NotThisPerson, arrive
from cityexchange.identity.forms import ReturnForm
from cityexchange.identity.limits import RETURNS
from cityexchange.identity.models import IdentityProvider
from cityexchange.identity.outside import Unreachable
from cityexchange.identity.providers import OFFERED
from cityexchange.identity.questions import Question, Refused
from cityexchange.identity.views.blueprint import bp
from cityexchange.members.admission import admit_proven

KEY = "identity"


@bp.get("/sign-in/city")
@public
def index_providers():
    cities = by_name(db.session.scalars(OFFERED.with_only_columns(City)), attrgetter("called"))
    return render_template("identity/cities.html", cities=cities)


@bp.get("/sign-in/city/<slug>")
@public
def begin(slug):
    provider = offered_provider(slug)
    question = Question.new(provider.id, request.args.get("next", "/"))
    session[KEY] = asdict(question)
    return redirect(exchange().way_there(provider, question, way_back(slug)))


@bp.get("/sign-in/city/<slug>/return")
@public
def come_back(slug):
    provider = offered_provider(slug)
    if "error" in request.args or not request.args.get("code"):
        return refuse("refused", provider)
    form = ReturnForm(data={name: request.args.get(name, "") for name in ("code", "state", "iss")})
    return render_template("identity/return.html", provider=provider, form=form), {
        "Cache-Control": "no-store"
    }


@bp.post("/sign-in/city/<slug>/return")
@public
def sign_in_by_city(slug):
    RETURNS.take(caller())
    provider, form = offered_provider(slug), ReturnForm()
    question = asked_here(provider, form)
    if question is None:
        return refuse("stale", provider)
    try:
        claims = exchange().claims_of(provider, question, form.code.data, way_back(slug))
        member = arrive(provider, claims, str(get_locale()))
    except (Refused, Unreachable, NotThisPerson) as problem:
        return refuse(getattr(problem, "reason", "refused"), provider, type(problem).__name__)
    if member is None:
        return redirect(url_for(".show_asked", slug=slug), 303)
    return redirect(admit_proven(member, question.way_on), 303)


@bp.get("/sign-in/city/<slug>/asked")
@public
def show_asked(slug):
    return render_template("identity/asked.html", city=offered_provider(slug).city)


def exchange():
    """The part that speaks OpenID Connect, loaded when somebody does: Authlib takes four megabytes."""
    return import_string("cityexchange.identity.tokens")


def offered_provider(slug):
    return db.session.scalar(OFFERED.where(City.slug == slug)) or abort(404)


def way_back(slug):
    return url_for("identity.come_back", slug=slug, _external=True)


def asked_here(provider: IdentityProvider, form: ReturnForm) -> Question | None:
    """What this browser was sent away with, once; None where it was not, to another provider, or where another answers."""
    asked = session.pop(KEY, None)
    if not (form.validate() and asked and asked["provider_id"] == provider.id):
        return None
    is_ours = hmac.compare_digest(asked["state"].encode(), form.state.data.encode())
    said = form.iss.data or (None if provider.facts["says_issuer"] else provider.issuer)
    return Question(**asked) if is_ours and said == provider.issuer else None


def refuse(reason, provider, kind="stale"):
    """Whatever was not right, the page says the next step; what it was stands in the audit."""
    facts = {"outcome": "refused", "status": 422, "city_id": provider.city_id, "reason": reason, "kind": kind}
    aftermath(partial(audit.record, "sign_in_by_city", **facts))
    return render_template("identity/refused.html", reason=reason, city=provider.city), 422
