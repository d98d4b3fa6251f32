"""The pages of forums: boards, topics, posts."""

from cityexchange.forums.views import asking, boards, posts, topics, translating  # noqa: F401
from cityexchange.forums.views.blueprint import bp

__all__ = ["bp"]
