"""The operator's command for the first administrator."""

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.members.models import Member
from tests.factories import MemberFactory


def run(app, *arguments):
    db.session.commit()
    return app.test_cli_runner().invoke(args=["members", "team", *arguments])


def of(address):
    db.session.expire_all()
    return db.session.scalar(db.select(Member).filter_by(email=address))


def test_it_makes_an_account_that_signs_in_by_code(app):
    assert run(app, "Root@Town.example", "admin").exit_code == 1
    assert run(app, "Root@Town.example", "admin", "--name", "Root").exit_code == 0

    root = of("root@town.example")
    assert (root.team_role, root.password, root.active) == ("admin", None, True)
    assert db.session.scalar(db.select(AuditEntry.facts).filter_by(verb="give_team_role")) == {
        "role": "admin"
    }


def test_it_gives_and_takes_the_role_of_a_member(app):
    address = MemberFactory().email
    run(app, address, "coordinator")
    assert of(address).team_role == "coordinator"

    run(app, address, "none")
    assert of(address).team_role is None
    assert run(app, address, "emperor").exit_code == 2
