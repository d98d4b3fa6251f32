"""Topics: conversations with a kind, a state, and at most one post marked as the answer that helped."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.statements import insert_once
from cityexchange.core.versions import Versioned
from cityexchange.forums.models.counting import count, lock
from cityexchange.forums.models.posts import PAGE, Post, page_of
from cityexchange.forums.signals import (
    answer_marked,
    answer_unmarked,
    post_posted,
    topic_closed,
    topic_reopened,
)
from cityexchange.languages.models import Translatable
from cityexchange.members.models import Member
from cityexchange.spaces.unsigned import hints_of, moment_in
from cityexchange.themes.models import Theme

KINDS = ("question", "discussion", "story", "announcement", "peer_assist")
ASKING = ("question", "peer_assist")
"""Kinds that somebody can answer."""
IS_ASKING = "({})".format(" OR ".join(f"kind = '{kind}'" for kind in ASKING))
STATES = ("open", "answered", "summarised", "closed", "held", "removed")
TALKING = ("open", "answered", "summarised")
"""States in which a topic takes replies."""
HIDDEN = ("held", "removed")
ANSWERED = ("answered", "summarised")
IS_ANSWERED = "({})".format(" OR ".join(f"state = '{state}'" for state in ANSWERED))
TAKEN = {"post_count": 1}
GIVEN_BACK = {"post_count": -1, "version": -1}


def _last(post):
    who = {"last_author_id": post.author_id, "last_pen_name": post.pen_name}
    return who | {"last_posted_at": post.posted_at}


def _few(name, which):
    """An index, in the order of time, of the topics that meet a condition."""
    where = text(which)
    return Index(name, "last_posted_at", "id", sqlite_where=where, postgresql_where=where)


class Topic(Translatable, Versioned, db.Model):
    """A conversation. `post_count` is also the newest position."""

    translated_fields = ("title",)
    part_of = "forum"

    __tablename__ = "topics"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index(None, "forum_id", "is_pinned", "last_posted_at", "id"),
        Index(None, "forum_id", "last_posted_at", "id"),
        Index(None, "forum_id", "created_at"),
        Index(None, "last_posted_at", "id"),
        Index(None, "author_id", "last_posted_at"),
        Index(None, "author_city_id", "last_posted_at"),
        _few("ix_topics_waiting", f"{IS_ASKING} AND state = 'open'"),
        _few("ix_topics_answered", IS_ANSWERED),
        _few("ix_topics_held", "state = 'held'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forums.id", ondelete="CASCADE"), active_history=True)
    kind: Mapped[str] = mapped_column(String(32), default="discussion")
    state: Mapped[str] = mapped_column(String(32), default="open")
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12), default="en")
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    author_city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"))
    last_author_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    pen_name: Mapped[str | None] = mapped_column(String(120))
    last_pen_name: Mapped[str | None] = mapped_column(String(120))
    """Of the opening post and of the last, for lists."""
    last_posted_at: Mapped[datetime] = mapped_column(default=utcnow)
    post_count: Mapped[int] = mapped_column(default=0)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    closer_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    instruments: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    forum: Mapped[Any] = relationship("Forum")
    author: Mapped[Member] = relationship(foreign_keys=[author_id])
    author_city: Mapped[City | None] = relationship()
    themes: Mapped[list[Theme]] = relationship(secondary="taggings", order_by=Theme.position)
    answer: Mapped["Answer | None"] = relationship(back_populates="topic", cascade="all, delete-orphan")

    def records_below(self) -> list[Any]:
        """The posts of the first page."""
        first = Post.topic_id == self.id, Post.position <= PAGE, Post.removed_at.is_(None)
        return [*db.session.scalars(select(Post).where(*first))]

    @property
    def is_talking(self) -> bool:
        """Takes replies."""
        return self.state in TALKING

    @property
    def is_asking(self) -> bool:
        return self.kind in ASKING

    @property
    def page_count(self) -> int:
        return page_of(max(1, self.post_count))

    def post(
        self,
        author: Member,
        text: str,
        language: str | None = None,
        nonce: str | None = None,
        is_official: bool = False,
    ) -> Post:
        """The new post at the end; the post it already made, when the same nonce comes again."""
        space, city_id = self.forum.space, author.city.id if author.city else None
        post = Post(author_id=author.id, author_city_id=city_id, topic_id=self.id, nonce=nonce or None)
        post.pen_name, post.posted_at = space.pen_name_of(author), moment_in(space)
        post.is_official = is_official
        post.write(text, language, **hints_of(space, author, post.pen_name))
        self._take_position(post)
        if not insert_once(post, "author_id", "nonce"):
            self._give_position_back()
            return Post.by_nonce(author, nonce)
        count(self.forum, {"post_count": 1})
        post_posted.send(post=post)
        return post

    def _take_position(self, post):
        """The row is ours from here to the end of the transaction, so positions have no gaps and no doubles."""
        count(self, TAKEN, **_last(post))
        post.position = self.post_count

    def _give_position_back(self):
        newest = Post.at(self, self.post_count - 1)
        count(self, GIVEN_BACK, **_last(newest))

    def rename(self, title: str, language: str) -> None:
        self.title, self.language = title, language

    def close(self, closer: Member) -> None:
        self.state, self.closer_id, self.closed_at = "closed", closer.id, utcnow()
        topic_closed.send(topic=self, closer=closer)

    def reopen(self, opener: Member) -> None:
        """Open again, as answered as it was."""
        self.state, self.closer_id, self.closed_at = "answered" if self.answer else "open", None, None
        topic_reopened.send(topic=self, opener=opener)

    def pin(self) -> None:
        self.is_pinned = True

    def unpin(self) -> None:
        self.is_pinned = False

    def mark_answer(self, post: Post, marker: Member) -> "Answer":
        """This post helped; a mark given earlier moves here. ValueError for a post of another topic."""
        if post.topic_id != self.id:
            raise ValueError("the answer must stand in the topic")
        lock(self)
        db.session.refresh(self, ["answer", "state"])
        if self.answer and self.answer.post_id != post.id:
            answer_unmarked.send(topic=self, post=self.answer.post)
        self.answer = self.answer or Answer()
        self.answer.post, self.answer.marker, self.answer.marked_at = post, marker, utcnow()
        self.state = "answered" if self.state == "open" else self.state
        db.session.flush()
        answer_marked.send(answer=self.answer)
        return self.answer

    def unmark_answer(self, post: Post) -> None:
        self.answer = None
        self.state = "open" if self.state == "answered" else self.state
        answer_unmarked.send(topic=self, post=post)

    def lose(self, post: Post) -> None:
        """A post was removed: it counts no more. Without its opening a topic is nothing; a tombstone answers no question."""
        lock(self)
        if post.is_opening:
            self.state = "removed"
            count(self.forum, {"topic_count": -1, "post_count": -1 - Post.standing_besides(self, post)})
        elif self.state != "removed":
            count(self, {}, **_last(Post.newest_besides(self, post)))
            count(self.forum, {"post_count": -1})
        if self.answer and self.answer.post_id == post.id:
            self.unmark_answer(post)


class Answer(db.Model):
    """The mark on the post that helped; at most one in a topic, with who said so and when."""

    part_of = "topic"

    __tablename__ = "answers"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    marker_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    marked_at: Mapped[datetime] = mapped_column(default=utcnow)
    topic: Mapped[Topic] = relationship(back_populates="answer")
    post: Mapped[Post] = relationship()
    marker: Mapped[Member] = relationship()
