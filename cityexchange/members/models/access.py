"""What lets a person in: standing aside, roles of the team, passwords, the address. Each step leaves its row in the audit."""

from typing import Any

from cityexchange.core import audit
from cityexchange.core.db import db
from cityexchange.members.models.sessions import SignInSession
from cityexchange.members.signals import address_changed, member_suspended


class LastAdministrator(Exception):
    """Without this member nobody could look after the community: somebody else takes the role first."""


class HasAccess:
    """Mixed into members."""

    id: Any
    state: Any
    email: Any
    password: Any
    team_role: Any

    def suspend(self, **facts: Any) -> None:
        """`facts` for the audit. LastAdministrator where nobody else would be one."""
        self.insist_on_another_administrator()
        self.state = "locked"
        audit.record("suspend", self, **facts)
        self.sign_out_everywhere()
        member_suspended.send(member=self)

    def reinstate(self) -> None:
        self.state = "active"
        audit.record("reinstate", self)

    def take_team_role(self, role: str | None) -> None:
        """None: member of the team no more. LastAdministrator where nobody else would be one."""
        if role != "admin":
            self.insist_on_another_administrator()
        self.team_role = role
        audit.record("give_team_role", self, role=role or "none")

    def insist_on_another_administrator(self) -> None:
        """Two who are lowered at once wait for each other: the second finds itself the last."""
        if self.team_role != "admin" or self.state != "active":
            return
        model: Any = type(self)
        administrators = db.select(model.id).filter_by(team_role="admin", state="active")
        if set(db.session.scalars(administrators.order_by(model.id).with_for_update())) <= {self.id}:
            raise LastAdministrator

    def change_password(self, digest: str, but: SignInSession | None = None) -> None:
        """Ends every other sign-in: whoever knew the old one is out."""
        self.password = digest
        audit.record("change_password", self)
        self.sign_out_everywhere(but)

    def reset_password(self, digest: str) -> None:
        """By whoever reads the mail of the address. Ends every sign-in: whoever had the old one, or the browser, is out."""
        self.password = digest
        with audit.acting(self.id):
            audit.record("reset_password", self)
            self.sign_out_everywhere()

    def change_address(self, address: str, but: SignInSession | None = None) -> None:
        """Ends every other sign-in."""
        self.email = address
        audit.record("change_address", self)
        address_changed.send(member=self)
        self.sign_out_everywhere(but)

    def sign_out_everywhere(self, but: SignInSession | None = None) -> None:
        living = db.select(SignInSession).filter_by(member_id=self.id, ended_at=None)
        for session in db.session.scalars(living):
            if session is not but:
                session.end()
