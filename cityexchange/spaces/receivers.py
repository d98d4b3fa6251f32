"""What follows from a step in a space: mails to those concerned, and open lines that look again."""

from datetime import timedelta

from sqlalchemy import select

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import queue_mail
from cityexchange.core.sockets import look_again
from cityexchange.members.waiting import REMINDED_AFTER, step_of
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.policy import facilitators_of
from cityexchange.spaces.signals import entry_answered, entry_made, facilitator_named, space_reclassified


@space_reclassified.connect
def look_again_who_reads_what(space):
    """Topics and whatever else hangs in the space is followed by lines whose members may see it no more."""
    look_again()


@entry_made.connect
def tell_who_decides(entry):
    if not entry.is_request:
        queue_mail(f"space_entry:{entry.id}:{entry.member_id}", entry.member, "spaces/invited", entry)
        return
    for member in facilitators_of(entry.space):
        queue_mail(f"space_entry:{entry.id}:{member.id}", member, "spaces/asked", entry)


def remind() -> None:
    """Of those who ask to come into a space and wait, once a step."""
    first = utcnow() - timedelta(days=REMINDED_AFTER[0])
    waiting = (
        select(SpaceEntry).filter_by(state="waiting", kind="request").where(SpaceEntry.created_at <= first)
    )
    for entry in db.session.scalars(waiting).all():
        step = step_of(entry.created_at)
        for member in facilitators_of(entry.space):
            queue_mail(f"space_entry:{entry.id}:{step}:{member.id}", member, "spaces/asked", entry)


@entry_answered.connect
def tell_who_asked(entry):
    if entry.is_request:
        queue_mail(f"space_answer:{entry.id}", entry.member, "spaces/answered", entry)


@facilitator_named.connect
def tell_the_successor(membership):
    key = f"space_successor:{membership.id}"
    queue_mail(key, membership.member, "spaces/named", membership.space)
