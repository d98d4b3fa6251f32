from cityexchange.core.signals import Signal

message_posted = Signal("message")
message_changed = Signal("message")
message_removed = Signal("message")
