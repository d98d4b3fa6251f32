"""Handles: what stands behind the @ when a member is mentioned."""

from cityexchange.core.slugs import free, slug_of
from cityexchange.members.models import Member


def handle_of(name: str) -> str:
    return slug_of(name, "member", longest=50)


def free_handle(name: str) -> str:
    """The handle of a name, with a number where somebody else has it."""
    return free(Member.handle, handle_of(name))
