"""flask --app wsgi demo load | volume"""

import click
from flask import current_app
from flask.cli import AppGroup

from cityexchange.core.db import db, unit_of_work
from cityexchange.demo import loading
from cityexchange.members.models import Member

demo = AppGroup("demo", help="The illustrative community (refused in production).")


@demo.command()
@click.option("--if-empty", is_flag=True, help="Say nothing and load nothing when there are members.")
def load(if_empty):
    """Load the illustrative community into an empty database."""
    refuse_in_production()
    with unit_of_work():
        if db.session.scalar(db.select(Member.id).limit(1)):
            if if_empty:
                return
            raise click.ClickException(
                "There are members already; the illustrative community needs an empty database."
            )
        loading.load()
    click.echo("The illustrative community is loaded.")


def refuse_in_production():
    if not current_app.config["IS_DEMO_ALLOWED"]:
        raise click.ClickException("The illustrative community is not for production.")
