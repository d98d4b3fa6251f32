"""Membership: how a city comes to take part, stays, and may be asked to stand aside."""

from cityexchange.core.files import file_owners
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import city_desk_panels, city_panels, desk_panels, locks, member_panels
from cityexchange.membership import clock, ended, labels, panels, policy, receivers, views, waits  # noqa: F401
from cityexchange.membership.models import CityApplication
from cityexchange.membership.views import bulk, organisations  # noqa: F401


def init_app(app):
    labels.init_app(app)
    ended.init_app()
    waits.init_app()
    file_owners.add("CityApplication", CityApplication)
    city_panels.add("membership", panels.missing_panel, order=5)
    member_panels.add("suspension", panels.suspension_panel)
    locks.add("suspension", panels.suspension_of)
    desk_panels.add("applications", panels.applications_panel, order=10)
    desk_panels.add("charter", panels.charter_panel, order=40)
    desk_panels.add("cities", panels.sleeping_panel, order=50)
    desk_panels.add("ending", panels.ending_panel, order=30)
    city_desk_panels.add("people", panels.people_panel, order=10)
    sweeps.add("seats_that_end", Sweep(clock.tell_of_ends, every=3600))
    sweeps.add("suspensions", Sweep(clock.lift_what_has_ended, every=60))
    sweeps.add("charters", Sweep(clock.remind_of_the_charter, every=3600))
    sweeps.add("applications_that_wait", Sweep(clock.remind_the_team, every=3600))
    sweeps.add("incomplete_cities", Sweep(clock.note_the_incomplete, every=3600))
    sweeps.add("dormant_cities", Sweep(clock.note_the_dormant, every=3600))
    app.register_blueprint(views.bp)
