"""flask --app wsgi themes load"""

import click
from flask.cli import AppGroup

from cityexchange.core.db import unit_of_work
from cityexchange.themes.taxonomy import load_taxonomy

themes = AppGroup("themes", help="The taxonomy of the community.")


@themes.command()
def load():
    """Bring the themes in line with the taxonomy; doing it twice changes nothing."""
    with unit_of_work():
        added = load_taxonomy()
    click.echo(f"Themes added: {added}.")
