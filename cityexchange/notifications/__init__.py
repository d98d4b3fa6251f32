"""Notifications: what concerns a member, of every feature below. They do not know it; it hears their signals."""

from flask_babel import lazy_gettext as _l

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import SettingsPage, reader_columns, settings_pages
from cityexchange.notifications import (  # noqa: F401
    counting,
    mail_words,
    mailed,
    mails,
    policy,
    receivers,
    settings,
    sockets,
    views,
    wanted,
)
from cityexchange.notifications.crowds import tell_crowds
from cityexchange.notifications.looking_again import look_where_rights_ended
from cityexchange.notifications.tidying import tidy


def init_app(app):
    app.register_blueprint(settings.bp)
    settings_pages.add(
        "notifications", SettingsPage("notification_choices.edit_choices", _l("What you hear of")), order=20
    )
    reader_columns.add("unread", counting.unread_of)
    reader_columns.add("unread_at", counting.moment_of_counting)
    sweeps.add("notifications_of_crowds", Sweep(tell_crowds, every=10, has_own_units=True), order=20)
    ended = Sweep(look_where_rights_ended, every=60, has_own_units=True)
    sweeps.add("notifications_of_ended_rights", ended)
    sweeps.add("notifications_tidying", Sweep(tidy, every=24 * 3600))
    sweeps.add("notifications_mailed", Sweep(mails.mail_conversations, every=20, has_own_units=True))
    sweeps.add("notifications_of_a_day", Sweep(mails.mail_days, every=300, has_own_units=True))
    wanted.init_app()
    views.init_app(app)
    app.jinja_env.filters["conversations_told"] = mailed.told
    words = mail_words
    for word in (words.says, words.closed, words.subject, words.title_of, words.words):
        app.jinja_env.filters[f"told_{word.__name__}"] = word
