"""Loss of a right hangs up. `connect`: the order is a row that stands or falls with the loss itself."""

from secrets import token_hex

from cityexchange.cities.domains import city_of_address
from cityexchange.cities.signals import city_stepped_in, city_stepped_out, domain_verified
from cityexchange.core.mail import queue_mail
from cityexchange.core.sockets import hang_up, look_again
from cityexchange.members import waiting
from cityexchange.members.joining import JoinRequest
from cityexchange.members.seats import coordinators, speakers_of
from cityexchange.members.signals import (
    address_changed,
    join_confirmed,
    letter_received,
    member_suspended,
    seat_ended,
    sign_in_ended,
    team_role_ended,
)


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


@address_changed.connect
def tell_who_answers_for_the_place(member):
    """An address that proves nothing of the city: those who gave the place hear of it."""
    if member.city is None or city_of_address(member.email) is member.city:
        return
    told = {one.id: one for one in (*speakers_of(member.city.id), *coordinators()) if one is not member}
    for one in told.values():
        facts = {"name": member.name, "city": member.city.name_in(one.locale), "member_id": member.id}
        queue_mail(f"address:{member.id}:{token_hex(6)}:{one.id}", one, "members/address_elsewhere", **facts)


@join_confirmed.connect
def ask_for_a_decision(request):
    request.look_again()
    waiting.ask_for_a_decision(request)


@city_stepped_in.connect
def find_it_in_requests(city):
    waiting.look_again()


@domain_verified.connect
def find_its_addresses_in_requests(domain):
    waiting.look_again()


@letter_received.connect
def tell_of_the_letter(record):
    """Once: a letter in place of another is no news."""
    for member in waiting.deciders_of(record) if isinstance(record, JoinRequest) else ():
        queue_mail(
            f"join_letter:{record.id}:{member.id}", member, "members/join_asked", record, has_letter=True
        )
