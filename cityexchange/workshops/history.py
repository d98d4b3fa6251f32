"""What happened to a workshop so far: its steps, and what was changed of what people hold; for those who organise it, and in mails."""

from dataclasses import replace

from sqlalchemy import select, union_all

from cityexchange.core.db import db
from cityexchange.core.listing import stretch_of
from cityexchange.members.models import Member
from cityexchange.workshops.amended import in_words
from cityexchange.workshops.amendments import Amendment
from cityexchange.workshops.forms import ReasonForm
from cityexchange.workshops.states import StateChange

WITH_REASON = ("postpone", "cancel")
LINES = 20
TABLES = {
    StateChange: (StateChange.at, StateChange.to_state, StateChange.reason, StateChange.language),
    Amendment: (Amendment.at, Amendment.differences),
}


def for_organisers(workshop, refused=None, reason_form=None):
    """`reason_form`: the one of the step that was refused."""
    forms = {verb: ReasonForm.of(verb, reason_form if verb == refused else None) for verb in WITH_REASON}
    return {"missing": workshop.missing(), "history": _history(workshop), "reason_forms": forms}


def _history(workshop):
    """A stretch of both, the newest first. A line is named by its number in its table and by which that is."""
    every = union_all(*(_lines(table, kind, workshop) for kind, table in enumerate(TABLES))).subquery()
    stretch = stretch_of(select(every.c.line), (every.c.at.desc(), every.c.line.desc()), LINES)
    lines = [line for (line,) in stretch.rows]
    found = {line: row for kind, table in enumerate(TABLES) for line, row in _rows(table, kind, lines)}
    return replace(stretch, rows=[found[line] for line in lines])


def _lines(table, kind, workshop):
    line = (table.id * len(TABLES) + kind).label("line")
    return select(line, table.at).where(table.workshop_id == workshop.id)


def _rows(table, kind, lines):
    ids = [line // len(TABLES) for line in lines if line % len(TABLES) == kind]
    if not ids:
        return []
    rows = select(*TABLES[table], Member.name.label("actor_name"), table.id)
    found = db.session.execute(rows.outerjoin(Member, Member.id == table.actor_id).where(table.id.in_(ids)))
    return [(row.id * len(TABLES) + kind, row) for row in found]


def amendment_for_mail(registration, amendment_id, zone):
    """What it changed, in words, as far as this reader may see it; None where a closed space lets no mail speak of it."""
    workshop = registration.workshop
    if workshop.space and not workshop.space.has_mail_content:
        return None
    amendment = db.session.get(Amendment, amendment_id)
    return in_words(amendment.differences_for(registration), zone)
