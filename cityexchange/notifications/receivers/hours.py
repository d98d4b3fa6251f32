"""Of clocks and working days: what waits for a moment is judged anew where its member now lives by others."""

from typing import Any

from sqlalchemy import event, select

from cityexchange.cities.models import City
from cityexchange.core.db import db, on_change
from cityexchange.core.mail import judge_again
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running
from cityexchange.members.signals import seat_ended
from cityexchange.notifications.looking_again import note
from cityexchange.notifications.signals import hours_moved


@on_change(Member.timezone)
def look_at_another_clock(member, before, after):
    note(judge_member, member.id)


@on_change(City.country)
def look_at_another_week(city, before, after):
    note(judge_people, city.id)


@seat_ended.connect
def look_at_who_left_a_city(seat):
    note(judge_member, seat.member_id)


@event.listens_for(Member.seats, "append")
def look_at_who_came_to_a_city(member: Any, *_rest: Any) -> None:
    if member.id:
        note(judge_member, member.id)


def judge_member(id):
    hours_moved.send(member_ids=[id])


def judge_people(city_id):
    seated = select(Seat.member_id).where(Seat.city_id == city_id, running())
    if ids := db.session.scalars(seated).all():
        hours_moved.send(member_ids=list(ids))


@hours_moved.connect
def judge_what_waits(member_ids):
    judge_again(member_ids)
