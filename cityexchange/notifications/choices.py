"""What members chose: for each kind whether it is told here and how by mail, and when they want no mail."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from cityexchange.core.db import db, insert
from cityexchange.core.statements import execute
from cityexchange.notifications.hours import Hours
from cityexchange.notifications.kinds import KINDS, Kind
from cityexchange.notifications.models import NotificationChoice, QuietHours


def usual(kind: Kind, member: Any) -> str:
    """How a kind comes by mail to this member, unless they say otherwise."""
    return kind.for_guests if member.is_guest else kind.mailing


def choices_of(member: Any) -> dict[str, NotificationChoice]:
    """What holds for each kind, chosen or not; what was not chosen is in no session."""
    chosen = select(NotificationChoice).filter_by(member_id=member.id)
    made = {
        choice.kind: choice for choice in db.session.scalars(chosen.execution_options(populate_existing=True))
    }
    return {name: made.get(name) or _unchosen(member, name) for name in KINDS}


def _unchosen(member, name):
    return NotificationChoice(
        member_id=member.id, kind=name, is_here=True, mailing=usual(KINDS[name], member)
    )


def choose(member_id: int, kind: str, is_here: bool, mailing: str) -> None:
    _keep(NotificationChoice, member_id=member_id, kind=kind, is_here=is_here, mailing=mailing, stopped=None)


def choose_hours(member_id: int, begins: int, ends: int, on_free_days: bool) -> None:
    _keep(QuietHours, member_id=member_id, begins=begins, ends=ends, on_free_days=on_free_days)


def _keep(model, **values):
    """Two tabs at once leave one row, the later one's."""
    keys = [column.name for column in model.__table__.primary_key]
    new = insert(model).values(values)
    rest = {name: new.excluded[name] for name in values if name not in keys}
    execute(new.on_conflict_do_update(index_elements=keys, set_=rest), {})


def hours_of(member: Any) -> Hours:
    """When this member works and sleeps."""
    country = member.city.country if member.city else None
    chosen = db.session.get(QuietHours, member.id, populate_existing=True)
    quiet = (chosen.begins, chosen.ends, chosen.on_free_days) if chosen else ()
    return Hours(member.timezone, country, *quiet)


def come(kinds: Iterable[str], member: Any, is_on: bool) -> None:
    """What the link in a mail does: mails of these kinds stop, or come again as they did before."""
    held = choices_of(member)
    for choice in (held[kind] for kind in kinds):
        mailing, stopped = _again(choice) if is_on else ("never", _before(choice))
        values = {"is_here": choice.is_here, "mailing": mailing, "stopped": stopped}
        _keep(NotificationChoice, member_id=member.id, kind=choice.kind, **values)


def _before(choice):
    return choice.stopped if choice.mailing == "never" else choice.mailing


def _again(choice):
    """Whoever said "never" by a link long ago is not known to have had it otherwise."""
    if choice.mailing != "never":
        return choice.mailing, choice.stopped
    return choice.stopped or KINDS[choice.kind].mailing, None
