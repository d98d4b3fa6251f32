from cityexchange.core.signals import Signal

membership_ended = Signal("space", "member")
