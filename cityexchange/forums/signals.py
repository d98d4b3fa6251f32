from cityexchange.core.signals import Signal

topic_started = Signal("topic")
post_posted = Signal("post")
post_edited = Signal("post", "revision")
post_removed = Signal("post", "remover")
topic_closed = Signal("topic", "closer")
topic_reopened = Signal("topic", "opener")
answer_marked = Signal("answer")
answer_unmarked = Signal("topic", "post")
topic_read = Signal("member", "topic", "since", "until")
"""These positions came into view, perhaps not for the first time."""
