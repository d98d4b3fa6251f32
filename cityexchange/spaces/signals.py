from cityexchange.core.signals import Signal

membership_ended = Signal("space", "member")
space_reclassified = Signal("space")
