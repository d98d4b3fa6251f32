"""Study visits: what a host city offers, and who applies to see it (practice.md 3.1)."""

from cityexchange.visits import bookmarks, clock, drafts, ended, labels, panels, policy, receivers, views  # noqa: F401


def init_app(app):
    app.register_blueprint(views.bp)
    labels.init_app(app)
    ended.init_app()
    bookmarks.init_app()
    drafts.init_app()
    clock.init_app()
    panels.init_app(app)
