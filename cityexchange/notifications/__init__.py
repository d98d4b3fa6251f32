"""Notifications: what concerns a member, of every feature below. They do not know it; it hears their signals."""

from flask_babel import lazy_gettext as _l

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import SettingsPage, settings_pages
from cityexchange.notifications import mails, policy, settings, told, wanted, wording  # noqa: F401


def init_app(app):
    app.register_blueprint(settings.bp)
    settings_pages.add(
        "notifications", SettingsPage("notification_choices.edit_choices", _l("What you hear of")), order=20
    )
    sweeps.add("notifications", Sweep(mails.mail_conversations, every=20, has_own_units=True))
    sweeps.add("daily_notifications", Sweep(mails.mail_days, every=300, has_own_units=True))
    wanted.init_app()
    app.jinja_env.filters["conversations_told"] = told.told
    for word in (wording.says, wording.closed, wording.subject, wording.title_of, wording.words):
        app.jinja_env.filters[f"told_{word.__name__}"] = word
