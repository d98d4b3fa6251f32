"""Who hears of what by mail: rows in the same transaction, one for each occasion and person."""

from sqlalchemy import select

from cityexchange.core.db import among, db
from cityexchange.core.mail import queue_mail
from cityexchange.members.models import Member
from cityexchange.workshops.registrations import GONE, Registration
from cityexchange.workshops.signals import (
    registration_made,
    registration_promoted,
    registration_withdrawn,
    workshop_moved,
    workshop_rescheduled,
)

TOLD = {"postponed": "workshops/postponed", "cancelled": "workshops/cancelled"}


@registration_made.connect
def confirm_by_mail(registration):
    template = "workshops/place" if registration.has_place else "workshops/waiting"
    _write_to(registration, template, "made")


@registration_promoted.connect
def tell_promoted(registration):
    _write_to(registration, "workshops/promoted", "promoted")


@registration_withdrawn.connect
def tell_withdrawn(registration):
    _write_to(registration, "workshops/withdrawn", "withdrawn")


@workshop_moved.connect
def tell_all_of_step(workshop, change):
    if change.to_state in TOLD:
        _write_to_all(workshop, TOLD[change.to_state], f"step:{change.id}", change_id=change.id)
    elif change.from_state == "postponed":
        _write_to_all(workshop, "workshops/rescheduled", f"step:{change.id}")


@workshop_rescheduled.connect
def tell_all_of_new_times(workshop):
    _write_to_all(workshop, "workshops/rescheduled", f"times:{workshop.schedule.sequence}")


def _write_to_all(workshop, template, occasion, **facts):
    """To everybody who holds a place or waits for one."""
    living = select(Registration).where(
        Registration.workshop_id == workshop.id, ~among(Registration.state, GONE)
    )
    for registration in db.session.scalars(living.order_by(Registration.id)):
        _write_to(registration, template, occasion, **facts)


def _write_to(registration, template, occasion, **facts):
    queue_mail(
        f"registration:{registration.id}:{occasion}",
        db.session.get(Member, registration.member_id),
        template,
        record=registration,
        conversation=f"workshop:{registration.workshop_id}",
        **facts,
    )
