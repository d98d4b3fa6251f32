"""The illustrative community: 48 real cities, invented people, everything flagged. Never in production."""

from sqlalchemy import inspect

from cityexchange.core.commands import insist_on_database
from cityexchange.core.db import at_most, db
from cityexchange.demo import cli, sign_in
from cityexchange.members.models import Member


def init_app(app):
    app.cli.add_command(cli.demo)
    if app.config["IS_DEMO_ALLOWED"]:
        sign_in.init_app(app)
    else:
        app.jinja_env.globals["demo_notice"] = False
        refuse_demo_accounts(app)


def refuse_demo_accounts(app):
    """SystemExit where production would open its doors to people whose password everybody knows."""
    with app.app_context():
        insist_on_database()
        demo_account = db.select(Member.id).where(Member.is_illustrative).limit(at_most(1))
        if inspect(db.engine).has_table("members") and db.session.scalar(demo_account):
            raise SystemExit(
                "The database holds the illustrative community, whose password is public. "
                "Start production on an empty database."
            )
