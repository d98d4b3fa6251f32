from cityexchange.core.signals import Signal

signed_in = Signal("session")
sign_in_ended = Signal("session")
member_suspended = Signal("member")
member_renamed = Signal("member")
address_changed = Signal("member")
team_role_ended = Signal("member")
seat_ended = Signal("seat")
join_confirmed = Signal("request")
join_accepted = Signal("request", "member")
join_declined = Signal("request")
letter_received = Signal("record")
