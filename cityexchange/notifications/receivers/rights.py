"""Of rights: who loses one is told no more of what they do not see any more."""

from sqlalchemy import select

from cityexchange.cities.signals import city_stepped_out
from cityexchange.core.db import db, on_change
from cityexchange.forums.models import HIDDEN, Topic
from cityexchange.members.models import Seat
from cityexchange.members.seats import running
from cityexchange.members.signals import member_suspended, seat_ended, team_role_ended
from cityexchange.notifications.looking_again import look_again_at, look_again_in
from cityexchange.spaces.models import Membership
from cityexchange.spaces.signals import membership_ended, space_reclassified


@membership_ended.connect
def look_at_who_left(space, member):
    look_again_at(member.id)


@seat_ended.connect
def look_at_who_lost_a_place(seat):
    look_again_at(seat.member_id)


@team_role_ended.connect
@member_suspended.connect
def look_at_member(member):
    look_again_at(member.id)


@on_change(Membership.role)
def look_at_who_looks_after_it_no_more(membership, before, after):
    look_again_at(membership.member_id)


@city_stepped_out.connect
def look_at_its_people(city):
    seated = select(Seat.member_id).where(Seat.city_id == city.id, running())
    for member_id in db.session.scalars(seated):
        look_again_at(member_id)


@space_reclassified.connect
def look_at_its_readers(space):
    look_again_in(space)


@on_change(Topic.state)
def look_at_what_is_held(topic, before, after):
    if after in HIDDEN:
        look_again_in(topic)
