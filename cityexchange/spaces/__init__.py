"""Spaces: who may read and write together, under which confidentiality class."""

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import meetings, names_in_use
from cityexchange.spaces import followed, labels, names, panels, policy, receivers, views, waits  # noqa: F401


def init_app(app):
    labels.init_app(app)
    followed.init_app()
    waits.init_app()
    meetings.add("spaces", policy.shares_a_space_with)
    names_in_use.add("spaces", names.chosen_by_others)
    sweeps.add("space_requests_that_wait", Sweep(receivers.remind, every=3600))
    app.register_blueprint(views.bp)
