"""What happened to a workshop so far: its steps, and what was changed of what people hold; for those who organise it, and in mails."""

from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.members.models import Member
from cityexchange.workshops.amended import in_words
from cityexchange.workshops.amendments import Amendment
from cityexchange.workshops.forms import ReasonForm
from cityexchange.workshops.states import StateChange

WITH_REASON = ("postpone", "cancel")


def for_organisers(workshop, refused=None, reason_form=None):
    """`reason_form`: the one of the step that was refused."""
    history = sorted([*_steps(workshop), *_amendments(workshop)], key=lambda row: row.at)
    forms = {verb: ReasonForm.of(verb, reason_form if verb == refused else None) for verb in WITH_REASON}
    return {"missing": workshop.missing(), "history": history, "reason_forms": forms}


def _amendments(workshop):
    rows = select(Amendment.at, Amendment.differences, Member.name.label("actor_name"))
    rows = rows.outerjoin(Member, Member.id == Amendment.actor_id).where(Amendment.workshop_id == workshop.id)
    return db.session.execute(rows.order_by(Amendment.id)).all()


def _steps(workshop):
    said = StateChange.at, StateChange.to_state, StateChange.reason, StateChange.language
    steps = select(*said, Member.name.label("actor_name"))
    steps = steps.outerjoin(Member, Member.id == StateChange.actor_id).where(
        StateChange.workshop_id == workshop.id
    )
    return db.session.execute(steps.order_by(StateChange.id)).all()


def amendment_for_mail(registration, amendment_id, zone):
    """What it changed, in words, as far as this reader may see it; None where a closed space lets no mail speak of it."""
    workshop = registration.workshop
    if workshop.space and not workshop.space.has_mail_content:
        return None
    amendment = db.session.get(Amendment, amendment_id)
    return in_words(amendment.differences_for(registration), zone)
