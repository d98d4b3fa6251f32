"""What changes how much is unread for whom: open pages hear of it (sockets.py)."""

from cityexchange.core.signals import Signal

notified = Signal("member_ids")
"""Something new was written down for them."""
hours_moved = Signal("member_ids")
"""Their clock, their working days or their quiet hours are others now."""
unread_lessened = Signal("member_ids")
"""Something of theirs was read, or is gone."""
