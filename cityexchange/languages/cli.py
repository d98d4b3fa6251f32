"""flask --app wsgi text rerender"""

import click
from flask.cli import AppGroup

from cityexchange.languages.rerendering import rerender, written_models

text = AppGroup("text", help="What people wrote, and the HTML made of it.")


@text.command("rerender")
@click.option("--batch", default=200, show_default=True, help="Rows in one unit of work.")
def rerender_all(batch):
    """Render again all texts whose HTML was made by an older version; can be stopped and started again."""
    for model in written_models():
        count = sum(rerender(model, batch))
        click.echo(f"{model.__tablename__}: {count}")
