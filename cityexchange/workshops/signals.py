from cityexchange.core.signals import Signal

workshop_moved = Signal("workshop", "change")
workshop_rescheduled = Signal("workshop")
registration_made = Signal("registration")
registration_promoted = Signal("registration")
registration_withdrawn = Signal("registration")
