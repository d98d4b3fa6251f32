"""Adding and taking away second factors. Each step leaves its row in the audit, and a mail that cannot be switched off."""

from typing import Any

from sqlalchemy import delete

from cityexchange.core import audit
from cityexchange.core.db import db
from cityexchange.members.factors import (
    Authenticator,
    Challenge,
    Passkey,
    RecoveryCode,
    SecondStep,
    has_second_factor,
)
from cityexchange.members.models import Member
from cityexchange.members.notices import tell


def note_added(member: Member, what: str) -> None:
    """`what`: authenticator_added or passkey_added."""
    audit.record(what, member)
    tell(member, what)


def remove(member: Member, factor: Any) -> None:
    """An authenticator, a passkey, or None where it is gone already. With the last one the recovery codes go."""
    if factor is not None:
        db.session.delete(factor)
    what = "passkey_removed" if isinstance(factor, Passkey) else "authenticator_removed"
    audit.record(what, member)
    db.session.flush()
    tell(member, what)
    if not has_second_factor(member):
        forget_factors(member)


def renew_codes(member: Member) -> list[str]:
    audit.record("renew_recovery_codes", member)
    tell(member, "recovery_codes_new")
    return RecoveryCode.renew(member)


def reset(member: Member, reason: str) -> None:
    """For a member who has lost them all and was recognised another way, which the reason says. Ends every sign-in."""
    forget_factors(member)
    audit.record("reset_factors", member)
    member.sign_out_everywhere()
    tell(member, "factors_reset", reason=reason)


def forget_factors(member: Member) -> None:
    for model in (Authenticator, RecoveryCode, Passkey, Challenge, SecondStep):
        db.session.execute(delete(model).where(model.member_id == member.id))
