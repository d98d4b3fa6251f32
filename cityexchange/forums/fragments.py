"""A post as a page shows it, rendered once for all readers who see the same and then kept in memory."""

from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple


class PostContext(NamedTuple):
    """All that the fragment depends on: two readers with an equal context see equal words."""

    id: int
    position: int
    posted_at: datetime
    edited_at: datetime | None
    author_id: int | None
    author_name: str | None
    city_name: str | None
    city_slug: str | None
    city_paving: int | None
    is_own: bool
    hides_names: bool
    is_answer: bool
    is_official: bool
    is_member: bool
    reading: Any

    @property
    def key(self) -> tuple[Any, ...]:
        """As the context itself, with a digest in place of the texts: they would take more memory than what is rendered."""
        words = "\0".join(map(str, vars(self.reading).values()))  # which hold no NUL
        return (*self[:-1], blake2b(words.encode(errors="surrogatepass"), digest_size=16).digest())


def context_of(row: Any, reading: Any, hides_names: bool, is_answer: bool, is_member: bool) -> PostContext:
    return PostContext(
        row.id,
        row.position,
        row.posted_at,
        row.edited_at,
        row.author_id,
        row.author_name,
        row.city_name,
        row.city_slug,
        row.city_paving,
        # Only a post without a name says that it is yours: with names it looks the same to all.
        bool(row.is_own and row.author_name is None),
        hides_names,
        is_answer,
        row.is_official,
        is_member,
        reading,
    )
