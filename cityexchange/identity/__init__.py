"""Signing in with the account that a city gives its people: OpenID Connect, a provider for each city that has one."""

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import city_desk_panels, other_doors, sign_in_doors
from cityexchange.identity import discovery, panels, policy, providers, views  # noqa: F401


def init_app(app):
    sign_in_doors.add("identity", panels.cities_door)
    other_doors.add("identity", providers.required_door)
    city_desk_panels.add("identity", panels.provider_panel, order=40)
    sweeps.add("identity_providers", Sweep(discovery.read_again, every=6 * 3600))
    app.register_blueprint(views.bp)
