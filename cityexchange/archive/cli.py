"""flask --app wsgi retention count"""

import click
from flask.cli import AppGroup

from cityexchange.archive.retention import BATCH, RULES
from cityexchange.core.db import unit_of_work

retention = AppGroup("retention", help="How long what is kept about people is kept.")


@retention.command()
def count():
    """What each rule would do away with now; nothing is changed."""
    with unit_of_work(writing=False):
        for rule in RULES:
            number = len(rule.ids())
            click.echo(
                f"{rule.key:40} after {rule.months:g} months: {number}{' or more' if number == BATCH else ''}"
            )
