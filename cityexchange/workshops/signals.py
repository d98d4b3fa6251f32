from cityexchange.core.signals import Signal

workshop_moved = Signal("workshop", "change")
workshop_amended = Signal("workshop", "amendment")
registration_made = Signal("registration")
registration_promoted = Signal("registration")
registration_withdrawn = Signal("registration")
