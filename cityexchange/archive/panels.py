"""What the coordinator's desk shows of retention."""

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import at_most, db
from cityexchange.core.policy import visible_to

FEW = 10


def retention_panel(member):
    """The last rounds in which a rule had something to do."""
    rounds = (
        visible_to(member, AuditEntry).where(AuditEntry.verb == "retention").order_by(AuditEntry.id.desc())
    )
    found = db.session.scalars(rounds.limit(at_most(FEW))).all()
    return ("archive/_retention.html", {"rounds": found}) if found else None
