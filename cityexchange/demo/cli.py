"""flask --app wsgi demo load | volume"""

import click
from flask import current_app
from flask.cli import AppGroup

from cityexchange.core.db import at_most, db, unit_of_work
from cityexchange.demo import loading, volume
from cityexchange.members.models import Member

demo = AppGroup("demo", help="The illustrative community (refused in production).")


@demo.command()
@click.option("--if-empty", is_flag=True, help="Say nothing and load nothing when there are members.")
def load(if_empty):
    """Load the illustrative community into an empty database."""
    refuse_in_production()
    with unit_of_work():
        if db.session.scalar(db.select(Member.id).limit(at_most(1))):
            if if_empty:
                return
            raise click.ClickException(
                "There are members already; the illustrative community needs an empty database."
            )
        loading.load()
    click.echo("The illustrative community is loaded.")
    click.echo("Without what has no home yet: " + "; ".join(loading.left_out()) + ".")


@demo.command("volume")
@click.option("--members", default=500, show_default=True)
@click.option("--forums", default=20, show_default=True)
@click.option("--topics", default=2000, show_default=True)
@click.option("--posts", default=50000, show_default=True, help="One topic has 2,000 of them.")
@click.option("--rooms", default=20, show_default=True)
@click.option("--messages", default=50000, show_default=True)
@click.option("--workshops", default=200, show_default=True)
@click.option("--registrants", default=1000, show_default=True, help="All of them at one workshop.")
def load_volume(**numbers):
    """Load synthetic content for measuring; m0001@volume.example and on sign in with DEMO_PASSWORD."""
    refuse_in_production()
    with unit_of_work():
        if volume.is_loaded():
            raise click.ClickException(
                "The volume is loaded already; for another size take an empty database."
            )
        volume.load(volume.Size(**numbers))
    click.echo("The volume is loaded.")


def refuse_in_production():
    if not current_app.config["IS_DEMO_ALLOWED"]:
        raise click.ClickException("The illustrative community is not for production.")
