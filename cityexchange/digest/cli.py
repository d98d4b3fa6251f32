"""flask --app wsgi digest write claire@lyon.example"""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from cityexchange.core.addresses import compared_address
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.digest.choosing import week_of
from cityexchange.digest.letters import write_letter
from cityexchange.digest.models import Digest
from cityexchange.members.models import Member

digest = AppGroup("digest", help="The weekly letters.")


@digest.command("write")
@click.argument("address", required=False)
def write(address):
    """Writes this week's letter to one member now, also where it was written before: to look at it."""
    with unit_of_work():
        member = db.session.scalar(select(Member).where(Member.email == compared_address(address or "")))
        if member is None:
            raise click.ClickException("Say the address of a member: nobody here has this one.")
        member_id, week = member.id, week_of(member, utcnow())
        for earlier in db.session.scalars(select(Digest).filter_by(member_id=member_id, week=week)):
            db.session.delete(earlier)
    print("Written." if write_letter(member_id, week) else "Nothing concerns them this week: no letter.")
