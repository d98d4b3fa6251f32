"""Study visits: what a host city offers, and who applies to see it (practice.md 3.1)."""

from cityexchange.core.registries import mine_parts
from cityexchange.visits import (  # noqa: F401
    below,
    bookmarks,
    clock,
    drafts,
    ended,
    labels,
    mine,
    panels,
    policy,
    receivers,
    views,
    waits,
)


def init_app(app):
    app.register_blueprint(views.bp)
    labels.init_app(app)
    ended.init_app()
    below.init_app()
    waits.init_app()
    bookmarks.init_app()
    drafts.init_app()
    clock.init_app()
    mine_parts.add("applications", mine.applications, order=60)
    panels.init_app(app)
