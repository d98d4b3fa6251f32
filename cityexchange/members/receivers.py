"""Loss of a right hangs up. `connect`: the order is a row that stands or falls with the loss itself."""

from cityexchange.core.sockets import hang_up
from cityexchange.members.signals import member_suspended, seat_ended, sign_in_ended


@sign_in_ended.connect
def hang_up_signed_out(session):
    hang_up(session.member_id)


@member_suspended.connect
def hang_up_suspended(member):
    hang_up(member.id)


@seat_ended.connect
def hang_up_unseated(seat):
    hang_up(seat.member_id)
