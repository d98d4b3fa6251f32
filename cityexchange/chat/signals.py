from cityexchange.core.signals import Signal

message_posted = Signal("message")
message_changed = Signal("message")
message_removed = Signal("message")
message_edited = Signal("message", "before")
"""Its words alone: `before` is what it said. Of reactions too tells `message_changed`."""
room_read = Signal("member", "room", "since", "until")
"""These numbers came into view, perhaps not for the first time."""
