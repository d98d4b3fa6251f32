"""A city applies: one page, and a typed code to the address given in it."""

from functools import partial

from flask import render_template, request, session
from flask_babel import get_locale
from flask_babel import gettext as _

from cityexchange.cities.domains import normal
from cityexchange.cities.finding import is_one_of
from cityexchange.cities.models import City
from cityexchange.core.addresses import readable_domain
from cityexchange.core.db import db, utcnow
from cityexchange.core.limits import EVERYBODY, caller
from cityexchange.core.mail import queue_mail
from cityexchange.core.once import once
from cityexchange.core.web import public, see_other
from cityexchange.members.forms import CodeForm
from cityexchange.members.letters import LetterForm
from cityexchange.members.limits import TYPED_CODES
from cityexchange.membership.charters import CHARTERS, newest
from cityexchange.membership.forms import CityApplicationForm
from cityexchange.membership.founding import draft
from cityexchange.membership.limits import APPLICATIONS, APPLICATIONS_OF_ALL
from cityexchange.membership.models import CityApplication
from cityexchange.membership.views.blueprint import bp

TOLD = [
    "name",
    "job_title",
    "email",
    "deputy_name",
    "deputy_job_title",
    "deputy_email",
    "signatory",
    "domain",
    "why",
]


@bp.get("/cities/apply")
@public
def new_application():
    return render_form(CityApplicationForm(data={"geonameid": request.args.get("geonameid", "")}))


@bp.post("/cities/apply")
@public
@partial(once, hands="city_application")
def create_application():
    form = CityApplicationForm()
    if not form.validate():
        return render_form(form), 200 if form.find_place.data else 422
    city = city_of(form)
    if city.takes_part or city.state in ("suspended", "left"):
        form.place_text.errors = [_("This city is known here already. Ask for a place in it instead.")]
        return render_form(form), 422
    APPLICATIONS.spend(caller())
    APPLICATIONS_OF_ALL.spend(EVERYBODY)
    session["city_application"] = begin(form, city).id
    return see_other(".new_code")


def city_of(form):
    """The city at that place of the register, or a new one that nobody sees until the address is proven."""
    values = form.place_values
    return known_city(values) or draft(values)


def known_city(values):
    """The one at this place of the register, or the one that was described by hand under this name in this country."""
    if values["geonameid"]:
        return db.session.scalar(db.select(City).filter_by(geonameid=values["geonameid"]))
    described = db.session.scalars(db.select(City).filter_by(geonameid=None, country=values["country"]))
    return next((city for city in described if is_one_of(city.called, values["name"])), None)


def begin(form, city):
    told = {name: (form[name].data or "").strip() for name in TOLD}
    told["domain"] = readable_domain(normal(told["domain"]))
    facts = {
        "kind": form.kind.data,
        "kind_why": form.kind_why.data or "",
        "working_languages": form.working_languages.data,
    }
    application = CityApplication(
        city=city, charter=newest(utcnow().date()), locale=str(get_locale()), facts=facts, **told
    )
    db.session.add(application)
    db.session.flush()
    code = application.new_code()
    queue_mail(
        f"city_application:{application.id}", None, "members/typed_code",
        address=application.email, locale=application.locale, code=code, purpose="city",
    )  # fmt: skip
    return application


@bp.get("/cities/apply/code")
@public
def new_code():
    return render_template("membership/code.html", form=CodeForm())


@bp.post("/cities/apply/code")
@public
def confirm_code():
    TYPED_CODES.take(caller())
    form = CodeForm()
    application = db.session.get(CityApplication, session.get("city_application", 0))
    if not (form.validate() and application and application.confirm(form.code.data)):
        form.code.errors = [
            _("This code is wrong or too old. Look for the newest mail, or ask for another code.")
        ]
        return render_template("membership/code.html", form=form), 422
    session["city_applied"] = session.pop("city_application")
    return see_other(".show_waiting")


@bp.get("/cities/apply/waiting")
@public
def show_waiting():
    application = applied_from_here()
    return render_waiting(application, LetterForm()) if application else see_other(".new_application")


@bp.post("/cities/apply/waiting")
@public
def create_letter():
    application = applied_from_here()
    if not (application and application.takes_letter):
        return see_other(".show_waiting")
    form = LetterForm()
    if not form.validate():
        return render_waiting(application, form), 422
    application.take_letter(form.received)
    return see_other(".show_waiting")


def applied_from_here():
    return db.session.get(CityApplication, session.get("city_applied", 0))


def render_waiting(application, form):
    return render_template("membership/waiting.html", application=application, form=form)


def render_form(form):
    version = newest(utcnow().date())
    return render_template("membership/apply.html", form=form, version=version, since=CHARTERS[version])
