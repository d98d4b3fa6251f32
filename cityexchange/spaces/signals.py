from cityexchange.core.signals import Signal

membership_ended = Signal("space", "member")
space_opened = Signal("space")
space_reclassified = Signal("space")
facilitator_named = Signal("membership")
entry_made = Signal("entry")
entry_answered = Signal("entry")
