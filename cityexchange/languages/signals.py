from cityexchange.core.signals import Signal

text_translated = Signal("record", "translation")
"""For the first time or anew, one field of a record."""
