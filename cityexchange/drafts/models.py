"""What members have begun to write, each for themselves."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import Timestamped, at_most, db, hold, utcnow
from cityexchange.core.statements import execute
from cityexchange.members.models import Member

LONGEST_PLACE = 200
LONGEST_OPENING = 160
LONGEST_WRITER = 60
MOST = 100
"""Of one member."""
KEPT_FOR = timedelta(days=180)
"""After the last change."""
CURRENT = 1


class Words(NamedTuple):
    """[[name, value], ..] of a form, in its order, and with what words the text begins."""

    fields: list[list[str]]
    opening: str


NOTHING = Words([], "")


class Full(Exception):
    """The member has begun as many texts as one may."""


class ChangedElsewhere(Exception):
    """On another device the draft became `there` since this one knew it."""

    def __init__(self, there: "Draft"):
        super().__init__()
        self.there = there


class Draft(Timestamped, db.Model):
    """`place` is the address that takes the form; `current` is 1 for what the form there begins with, and None for what stands beside it:
    of that there may be several, for databases hold no NULL to be another one. `is_aside`: it was set aside for words of another device."""

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("member_id", "place", "current"),
        Index(None, "member_id", "updated_at", "id"),
        Index(None, "updated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    member: Mapped[Member] = relationship()
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    current: Mapped[int | None]
    is_aside: Mapped[bool] = mapped_column(default=False)
    fields: Mapped[list[Any]] = mapped_column(JSON)
    opening: Mapped[str] = mapped_column(String(LONGEST_OPENING))
    version: Mapped[int] = mapped_column(default=1)
    writer: Mapped[str] = mapped_column(String(LONGEST_WRITER), default="")
    """The copy in a browser that wrote last, by the name that it gave itself. Its own words, of which the answer was lost on a bad line, are
    no other device's."""

    @property
    def mark(self) -> str:
        """Names the draft and its version: what a form says that it began with."""
        return f"{self.id}-{self.version}"

    @classmethod
    def at(cls, member: Any, place: str) -> "Draft | None":
        """The member's own, with which the form there begins."""
        mine = select(cls).filter_by(member_id=member.id, place=place, current=CURRENT)
        return db.session.scalar(mine)

    @classmethod
    def all_at(cls, member: Any, place: str, first: int | None, most: int) -> "list[Draft]":
        """The one of the number `first`, then the one with which the form there begins, then the newest."""
        mine = select(cls).filter_by(member_id=member.id, place=place)
        rank = case((cls.id == first, 0), (cls.current == CURRENT, 1), else_=2)
        return list(
            db.session.scalars(mine.order_by(rank, cls.updated_at.desc(), cls.id.desc()).limit(at_most(most)))
        )

    @classmethod
    def of(cls, member: Any, place: str, words: Words = NOTHING, writer: str = "") -> "Draft":
        """A new one, that is not yet added."""
        said = {"fields": words.fields, "opening": words.opening, "writer": writer}
        return cls(member_id=member.id, place=place, current=CURRENT, **said)

    def is_known_to(self, mark: str, writer: str) -> bool:
        return self.mark == mark or bool(writer and self.writer == writer)

    def rewrite(self, words: Words, writer: str) -> bool:
        """False where somebody else did, at the same moment."""
        ours = update(Draft).where(Draft.id == self.id, Draft.version == self.version)
        new = {
            "fields": words.fields,
            "opening": words.opening,
            "version": self.version + 1,
            "writer": writer,
            "is_aside": False,
        }
        statement = ours.values(**new, updated_at=utcnow())
        is_ours = execute(statement, {}, of=self).rowcount == 1
        db.session.refresh(self)
        return is_ours

    def replace(self, words: Words, known: str, writer: str = "") -> "Draft":
        """Other words of the same member's take its place, and this version is set aside: ChangedElsewhere where it is not as `known`."""
        now = self._now()
        if now and now.fields == words.fields:  # a second press
            return now
        self._insist_on(now, known)
        new = Draft.of(self.member, self.place, words, writer)
        if now:
            new.current = now.current
            now.step_aside()
        db.session.add(new)
        db.session.flush()
        return new

    def step_aside(self) -> None:
        """No form began with it as it stands now, and no copy wrote it."""
        self.current, self.is_aside, self.writer, self.version = None, True, "", self.version + 1
        db.session.flush()

    def prefer(self, known: str) -> None:
        """ChangedElsewhere where it is not as `known`; Full."""
        self._insist_on(self._now(), known)

    def _now(self):
        """Of a draft that was set aside meanwhile, what took its place."""
        hold(self)
        return Draft.at(self.member, self.place) if self.is_aside else self

    def _insist_on(self, now, known):
        if now and now.mark != known:
            raise ChangedElsewhere(now)
        insist_on_room(self.member)

    def discard(self) -> None:
        db.session.delete(self)

    @classmethod
    def end(cls, member: Any, place: str, mark: str, writer: str = "") -> int | None:
        """What it held was sent: gives its number. What another device has written into it since stays."""
        ours = delete(cls).filter_by(member_id=member.id, place=place)
        id, _, version = mark.partition("-")
        if all(number.isdecimal() and len(number) < 10 for number in (id, version)):
            is_known = and_(cls.id == int(id), cls.version == int(version))
            is_ours = or_(is_known, and_(cls.writer == writer, cls.writer != ""))
            return execute(ours.where(is_ours).returning(cls.id), {}).scalar()
        return None


def insist_on_room(member: Any) -> None:
    mine = select(func.count()).select_from(Draft).where(Draft.member_id == member.id)
    if (db.session.scalar(mine) or 0) >= MOST:
        raise Full


def has_draft(place: str) -> Any:
    """f(model): a column that says whether the reader has one at the place that the bind value `place` names."""
    mine = Draft.member_id == bindparam("reader_id"), Draft.place == bindparam(place, value="", type_=String)
    return lambda _model: select(Draft.current).where(*mine, Draft.current == CURRENT).scalar_subquery()


def forget_old_drafts() -> None:
    execute(delete(Draft).where(Draft.updated_at < utcnow() - KEPT_FOR), {})
