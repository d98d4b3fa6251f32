"""Your hour: the few things of a week that concern a member, as a page and as a letter, with answers of one press."""

from flask_babel import lazy_gettext as _l

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.registries import MemberPage, member_pages, topic_panels
from cityexchange.digest import (  # noqa: F401
    choosing,
    cli,
    labels,
    letters,
    panels,
    policy,
    receivers,
    reminders,
    tokens,
    views,
    waits,
)
from cityexchange.notifications.letters import add_letter


def init_app(app):
    labels.init_app(app)
    choosing.init_app()
    waits.init_app()
    app.register_blueprint(views.bp)
    app.cli.add_command(cli.digest)
    app.jinja_env.globals.update(
        city_told=panels.city_told,
        digest_lines=letters.lines_in,
        digest_token=tokens.token_of,
        reminding_token=tokens.reminding_token_of,
    )
    member_pages.add("digest", MemberPage("digest.show_digest", _l("Your hour"), "clock"), order=10)
    topic_panels.add("digest", panels.said_to_topic)
    add_letter(letters.KIND, _l("Your hour: what concerns you this week"), letters.TEMPLATE)
    sweeps.add("digests", Sweep(letters.write_letters, every=300, has_own_units=True))
    sweeps.add("digest_reminders", Sweep(reminders.remind, every=60, has_own_units=True))
