"""Study visits: what a host city offers, and who applies to see it (practice.md 3.1)."""

from cityexchange.visits import deadlines, endings, labels, panels, policy, receivers, views  # noqa: F401


def init_app(app):
    app.register_blueprint(views.bp)
    labels.init_app(app)
    endings.init_app()
    deadlines.init_app(app)
    panels.init_app(app)
