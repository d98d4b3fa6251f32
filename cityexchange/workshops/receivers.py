"""Who hears of what by mail: rows in the same transaction, one for each occasion and person."""

from sqlalchemy import select

from cityexchange.cities.models import City
from cityexchange.core.called import Called
from cityexchange.core.db import among, db, on_change
from cityexchange.core.mail import queue_mail
from cityexchange.events.signals import schedule_retimed
from cityexchange.members.models import Member
from cityexchange.workshops.amendments import HEARD, promised_by
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import GONE, Registration
from cityexchange.workshops.signals import (
    registration_made,
    registration_promoted,
    registration_withdrawn,
    workshop_amended,
    workshop_moved,
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
        _write_to_all(workshop, "workshops/changed", f"step:{change.id}", kind="times")


@workshop_amended.connect
def tell_all_of_amendment(workshop, amendment):
    """Once for each save, and only whom it is news to."""
    for registration in _living(workshop):
        if amendment.news_for(registration):
            _write_to(
                registration,
                "workshops/changed",
                f"amendment:{amendment.id}",
                amendment_id=amendment.id,
                kind=amendment.kind,
            )


@on_change(City.name)
def amend_by_new_name(city, before, after):
    was, now = (Called(name, city.names).kept for name in (before, after))
    renamed = {"what": "host_city", "before": was, "after": now}
    hosted = select(Workshop).where(Workshop.host_city_id == city.id, among(Workshop.state, HEARD))
    for workshop in db.session.scalars(hosted).all():
        workshop.tell(None, [renamed])


@schedule_retimed.connect
def amend_by_new_rules(schedule, before):
    """Where a state has changed its clocks: what was promised there stands, and is another moment everywhere else."""
    workshop = db.session.scalar(select(Workshop).filter_by(schedule_id=schedule.id))
    if workshop is None:
        return
    workshop.register_until(workshop.registration_until)
    promised = promised_by(workshop)
    times = {
        uid: dict(zip(("starts", "ends"), _written(moments), strict=True)) for uid, moments in before.items()
    }
    sessions = {uid: one | times[uid] for uid, one in promised["sessions"].items()}
    former = promised | {"sessions": sessions, "sequence": promised["sequence"] - 1}
    workshop.amend(None, former, is_of_clocks=True)


def _written(moments):
    return [moment.isoformat() for moment in moments]


def _write_to_all(workshop, template, occasion, **facts):
    for registration in _living(workshop):
        _write_to(registration, template, occasion, **facts)


def _living(workshop):
    """Everybody who holds a place or waits for one."""
    living = select(Registration).where(
        Registration.workshop_id == workshop.id, ~among(Registration.state, GONE)
    )
    return db.session.scalars(living.order_by(Registration.id)).all()


def _write_to(registration, template, occasion, **facts):
    queue_mail(
        f"registration:{registration.id}:{occasion}",
        db.session.get(Member, registration.member_id),
        template,
        record=registration,
        conversation=f"workshop:{registration.workshop_id}",
        **facts,
    )
