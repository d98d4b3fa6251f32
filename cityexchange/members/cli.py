"""flask --app wsgi members team ADDRESS ROLE"""

import click
from flask.cli import AppGroup

from cityexchange.core.addresses import NoAddress, normal_address
from cityexchange.core.db import db, unit_of_work
from cityexchange.members.handles import free_handle
from cityexchange.members.models import TEAM_ROLES, LastAdministrator, Member

members = AppGroup("members", help="People of the team.")


@members.command()
@click.argument("address")
@click.argument("role", type=click.Choice([*TEAM_ROLES, "none"]))
@click.option("--name", help="For an address without an account.")
def team(address, role, name):
    """Gives somebody a team role, or takes it. Whoever has no account gets one, and signs in with a mailed code."""
    with unit_of_work():
        address = _address(address)
        member = db.session.scalar(db.select(Member).filter_by(email=address))
        if member is None and (role == "none" or not name):
            raise click.ClickException(f"Nobody has the address {address}. Say --name to make an account.")
        if member is None:
            member = Member(
                name=name, handle=free_handle(name), email=address, state="active", languages_read=["en"]
            )
            db.session.add(member)
        try:
            member.take_team_role(None if role == "none" else role)
        except LastAdministrator:
            raise click.ClickException(
                f"{address} is the last administrator. Give the role to somebody else first."
            ) from None
    click.echo(
        f"{address}: {role}. A second factor is asked of coordinators and administrators at the first sign-in."
    )


def _address(typed):
    try:
        return normal_address(typed)
    except NoAddress:
        raise click.ClickException(f"{typed} is no address that mail can be sent to.") from None
