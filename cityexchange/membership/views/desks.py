"""A city's own desk, and the charter."""

from flask import flash, render_template
from flask_babel import gettext as _

from cityexchange.cities.models import City
from cityexchange.core.db import hold, utcnow
from cityexchange.core.policy import can
from cityexchange.core.registries import city_desk_panels, filled
from cityexchange.core.web import authorize, find, me, public, see_other
from cityexchange.membership.activation import goes_on_until, missing, settle
from cityexchange.membership.charters import CHARTERS, newest
from cityexchange.membership.models import CharterAcceptance, Suspension, Verification, verified_domains
from cityexchange.membership.views.blueprint import bp


@bp.get("/charter")
@public
def show_charter():
    version = newest(utcnow().date())
    city = me().city
    acceptance = CharterAcceptance.newest_of(city) if city else None
    return render_template(
        "membership/charter.html", version=version, since=CHARTERS[version], city=city, acceptance=acceptance
    )


@bp.get("/cities/<slug>/desk")
def show_desk(slug):
    city = find(City, slug, by=City.slug)
    authorize("see_desk", city)
    return render_template(
        "membership/desk.html",
        city=city,
        lacking=missing(city),
        goes_on_until=goes_on_until(city),
        acceptance=CharterAcceptance.newest_of(city),
        version=newest(utcnow().date()),
        domains=verified_domains(city),
        verification=Verification.of(city),
        suspension=Suspension.running(city),
        panels=filled(city_desk_panels, me(), city) if can(me(), "run", city) else [],
    )


@bp.post("/cities/<slug>/charter")
def accept_charter(slug):
    city = find(City, slug, by=City.slug)
    authorize("accept_charter", city)
    hold(city)
    accepted, version = CharterAcceptance.newest_of(city), newest(utcnow().date())
    if not (accepted and accepted.version == version):
        CharterAcceptance.record(city, f"{me().name}, {me().job_title}", me())
        settle(city)
    flash(_("%(city)s has accepted the charter.", city=city.called))
    return see_other(".show_desk", slug=slug)
