from cityexchange.core.signals import Signal

translated = Signal("record")
language_corrected = Signal("record")
rerendered = Signal("model")
