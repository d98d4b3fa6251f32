from cityexchange.core.signals import Signal

schedule_retimed = Signal("schedule", "before")
"""`before`: {uid: (begins, ends)} as they stood under the rules of before."""
