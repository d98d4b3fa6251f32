"""What changes how much is unread for whom."""

from cityexchange.core.signals import Signal

unread_lessened = Signal("member_ids")
"""Something of theirs was read, or is gone."""
