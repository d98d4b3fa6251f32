"""Posts: what a person wrote, speaking for a city on that day, with every earlier version kept."""

import math
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import at_most, db, utcnow
from cityexchange.core.statements import execute
from cityexchange.forums.signals import post_edited, post_removed
from cityexchange.languages.models import Written
from cityexchange.languages.signals import words_removed
from cityexchange.members.models import Member
from cityexchange.spaces.unsigned import hints_of, moment_in

PAGE = 20
"""Posts on a page."""


def page_of(position: int) -> int:
    return math.ceil(position / PAGE)


def first_on(number: int) -> int:
    """The position that a page begins with."""
    return (number - 1) * PAGE + 1


class StaleEdit(Exception):
    """Somebody saved another version of the post since this one was opened."""


class Post(Written, db.Model):
    """One contribution. Its position in the topic is stored, given without gaps, and never an OFFSET."""

    heading_base = 3
    part_of = "topic"
    shows = ("author.name", "author_city.called", "author_city.slug", "author_city.paving")

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("topic_id", "position"),
        UniqueConstraint("author_id", "nonce"),
        Index(None, "author_city_id", "topic_id"),
        Index(
            "ix_posts_removed",
            "topic_id",
            "position",
            sqlite_where=text("removed_at IS NOT NULL"),
            postgresql_where=text("removed_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    position: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    author_city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"))
    pen_name: Mapped[str | None] = mapped_column(String(120))
    """What stands in place of the author and the city, where the space let them choose a name; "" once they have left."""
    is_official: Mapped[bool] = mapped_column(default=False)
    """Said on behalf of the city; all else is the professional view of who wrote it (practice.md 1.2, US03)."""
    posted_at: Mapped[datetime] = mapped_column(default=utcnow)
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    remover_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    nonce: Mapped[str | None] = mapped_column(String(64))
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    topic: Mapped[Any] = relationship("Topic")
    author: Mapped[Member] = relationship(foreign_keys=[author_id])
    author_city: Mapped[City | None] = relationship()
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="post", cascade="all, delete-orphan", order_by="Revision.version"
    )

    @classmethod
    def sent_before(cls, author: Member, nonce: str | None) -> "Post | None":
        """What this author already sent under this nonce: a second press makes no second post."""
        if not nonce:
            return None
        return db.session.scalar(select(cls).filter_by(author_id=author.id, nonce=nonce))

    @classmethod
    def by_nonce(cls, author: Member, nonce: str | None) -> "Post":
        return db.session.scalars(select(cls).filter_by(author_id=author.id, nonce=nonce)).one()

    @classmethod
    def at(cls, topic: Any, position: int) -> "Post":
        return db.session.scalars(select(cls).filter_by(topic_id=topic.id, position=position)).one()

    @classmethod
    def _standing(cls, topic: Any, but: "Post") -> Any:
        return select(cls).where(cls.topic_id == topic.id, cls.removed_at.is_(None), cls.id != but.id)

    @classmethod
    def newest_besides(cls, topic: Any, but: "Post") -> "Post":
        newest_first = cls._standing(topic, but).order_by(cls.position.desc())
        return db.session.scalars(newest_first.limit(at_most(1))).one()

    @classmethod
    def standing_besides(cls, topic: Any, but: "Post") -> int:
        counted = cls._standing(topic, but).with_only_columns(func.count())
        return db.session.scalars(counted).one()

    @property
    def signed_name(self) -> str:
        """As it may be told to members who read the space."""
        return self.author.display_name if self.pen_name is None else self.pen_name

    @property
    def signed_city(self) -> City | None:
        return self.author_city if self.pen_name is None else None

    @property
    def is_opening(self) -> bool:
        return self.position == 1

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def page(self) -> int:
        return page_of(self.position)

    def edit(
        self,
        editor: Member,
        text: str,
        version: int,
        language: str | None = None,
        title: str | None = None,
        reason: str = "",
        is_official: bool = False,
    ) -> "Revision":
        """Keeps what was there as a revision. StaleEdit when `version` is not the newest any more."""
        self._claim(version)
        revision = Revision.of(self, version, editor, reason)
        db.session.add(revision)
        self.write(text, language, **hints_of(self.topic.forum.space, editor, self.pen_name))
        self.edited_at, self.is_official = revision.at, is_official
        if self.is_opening:
            self.topic.rename(title or self.topic.title, self.language)
        db.session.flush()
        post_edited.send(post=self, revision=revision)
        return revision

    def _claim(self, version):
        newest = update(Post).where(Post.id == self.id, Post.version == version).values(version=version + 1)
        if execute(newest.returning(Post.version), {}, of=self).scalar() is None:
            raise StaleEdit

    def remove(self, remover: Member) -> None:
        """Leaves its number behind as a tombstone; an opening post takes its topic with it."""
        self.removed_at, self.remover_id = moment_in(self.topic.forum.space), remover.id
        self.topic.lose(self)
        for record in (self, self.topic) if self.is_opening else (self,):
            words_removed.send(record=record)
        db.session.flush()
        post_removed.send(post=self, remover=remover)


class Revision(db.Model):
    """What a post said before an edit; who changed it, when and why. `version` is that of the text kept here."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("post_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    version: Mapped[int]
    title: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    editor_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    reason: Mapped[str] = mapped_column(String(200), default="")
    post: Mapped[Post] = relationship(back_populates="revisions")
    editor: Mapped[Member] = relationship()

    @classmethod
    def of(cls, post: Post, version: int, editor: Member, reason: str) -> "Revision":
        return cls(
            post=post,
            version=version,
            title=post.topic.title if post.is_opening else None,
            text=post.text,
            language=post.language,
            editor=editor,
            at=moment_in(post.topic.forum.space),
            reason=reason,
        )
