"""What belongs to a person: taking it away, leaving, and how long it is kept."""

from cityexchange.archive import cli, panels, retention, views
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import desk_panels


def init_app(app):
    views.init_app(app)
    desk_panels.add("retention", panels.retention_panel, order=90)
    sweeps.add("retention", Sweep(retention.follow_the_rules, every=6 * 3600))
    app.cli.add_command(cli.retention)
    app.register_blueprint(views.bp)
