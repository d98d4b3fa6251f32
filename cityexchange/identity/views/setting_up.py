"""A city sets up its own sign-in, with its IT department beside it."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import queue_mail
from cityexchange.core.web import authorize, find, me, see_other
from cityexchange.identity.discovery import discovered
from cityexchange.identity.forms import ProviderForm
from cityexchange.identity.limits import PROVIDERS
from cityexchange.identity.models import IdentityProvider
from cityexchange.identity.outside import Unreachable
from cityexchange.identity.views.blueprint import bp
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running, speakers_of
from cityexchange.membership.models import verified_domains


@bp.get("/cities/<slug>/sign-in")
def edit_provider(slug):
    provider = provider_of(find(City, slug, by=City.slug))
    authorize("edit", provider)
    return render_provider(provider, ProviderForm.of(provider))


@bp.post("/cities/<slug>/sign-in")
def update_provider(slug):
    provider, form = provider_of(find(City, slug, by=City.slug)), ProviderForm()
    authorize("edit", provider)
    PROVIDERS.take(me().id)
    facts = form.validate() and facts_of(form)
    if not facts:
        return render_provider(provider_of(find(City, slug, by=City.slug)), form), 422
    provider = provider_of(find(City, slug, by=City.slug))
    if not save(provider, form, facts):
        db.session.rollback()
        return render_provider(provider_of(find(City, slug, by=City.slug)), form), 422
    flash(_("The sign-in of the city is saved."))
    return see_other(".edit_provider", slug=slug)


@bp.post("/cities/<slug>/sign-in/remove")
def remove_provider(slug):
    city = find(City, slug, by=City.slug)
    provider = provider_of(city)
    authorize("edit", provider)
    if provider.id:
        provider.remove()
        tell_of_change(city)
        flash(_("The sign-in of the city is removed. Its people sign in here again."))
    return see_other("membership.show_desk", slug=slug)


def provider_of(city):
    return IdentityProvider.of(city.id) or IdentityProvider(
        city_id=city.id,
        issuer="",
        client_id="",
        role_claim="",
        role_values={},
        is_offered=False,
        is_required=False,
    )


def facts_of(form):
    """What the provider says of itself, or None with the form saying why."""
    try:
        return discovered(form.issuer.data.strip())
    except Unreachable:
        form.issuer.errors = [
            _("This address gave no answer that can be used. It must be open to the internet, with https.")
        ]
    except ValueError as problem:
        form.issuer.errors = [
            _(
                "The provider calls itself by another name. Copy the issuer exactly, with or without the slash at its end."
            )
            if str(problem) == "issuer"
            else _("What stands at this address is no OpenID Connect provider.")
        ]


def save(provider, form, facts):
    """False where the form asks for more than the provider has shown yet."""
    was_required = provider.is_required
    db.session.add(provider)
    provider.point_to(form.issuer.data.strip(), form.client_id.data.strip(), form.secret.data or "")
    provider.note_facts(facts)
    provider.role_claim, provider.role_values = (form.role_claim.data or "").strip(), form.role_values
    provider.open(form.is_offered.data, form.is_required.data)
    db.session.flush()
    if not has_shown_enough(provider, form):
        return False
    if provider.is_required and not was_required:
        end_other_sign_ins(provider)
    tell_of_change(provider.city)
    return True


def has_shown_enough(provider, form):
    """For what the form asks; or it says what comes first."""
    if not verified_domains(provider.city) and provider.is_offered:
        form.is_offered.errors = [
            _(
                "First the coordination team verifies an e-mail domain of the city: only its addresses are let in."
            )
        ]
        return False
    if provider.is_required and not (provider.is_offered and provider.proven_at):
        form.is_required.errors = [
            _("First somebody of the city signs in with it, so that nobody is locked out.")
        ]
        return False
    return True


def end_other_sign_ins(provider):
    """From now on they come in by the city's door; whoever turns the key stays."""
    people = (
        db.select(Member)
        .join(Seat, Seat.member_id == Member.id)
        .where(Seat.city_id == provider.city_id, running())
    )
    for member in db.session.scalars(people.where(Member.id != me().id, Member.team_role.is_(None))):
        member.sign_out_everywhere()


def tell_of_change(city):
    for member in speakers_of(city.id):
        key = f"identity:{city.id}:{utcnow().timestamp()}:{member.id}"
        queue_mail(key, member, "identity/changed", city, by=me().name)


def render_provider(provider, form):
    city = provider.city or db.session.get(City, provider.city_id)
    return render_template(
        "identity/edit.html",
        provider=provider,
        city=city,
        form=form,
        domains=verified_domains(city),
        way_back=url_for(".come_back", slug=city.slug, _external=True),
    )
