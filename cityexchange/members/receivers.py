"""Loss of a right hangs up. `connect`: the order is a row that stands or falls with the loss itself."""

from cityexchange.cities.signals import city_stepped_out
from cityexchange.core.sockets import hang_up, look_again
from cityexchange.members.signals import member_suspended, seat_ended, sign_in_ended, team_role_ended


@sign_in_ended.connect
def hang_up_signed_out(session):
    hang_up(session.member_id)


@member_suspended.connect
def hang_up_suspended(member):
    hang_up(member.id)


@seat_ended.connect
def hang_up_unseated(seat):
    hang_up(seat.member_id)


@team_role_ended.connect
def hang_up_who_left_the_team(member):
    hang_up(member.id)


@city_stepped_out.connect
def look_again_who_is_an_official(city):
    look_again()
