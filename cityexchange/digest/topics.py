"""Topics that a digest may name, read as columns: the newest of some kind that the reader sees, of those the ones on the reader's themes."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, bindparam, literal, select, true
from sqlalchemy.orm import aliased

from cityexchange.core.db import UTCDateTime, among, at_most, constant, rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.digest.items import Hour, Item
from cityexchange.digest.models import DigestAnswer, DigestItem
from cityexchange.digest.policy import is_answerable
from cityexchange.forums.labels import KIND_WORDS
from cityexchange.forums.models import ASKING, HIDDEN, Forum, ReadPosition, Tagging, Topic
from cityexchange.forums.standing import is_readers, unread_of
from cityexchange.forums.tags import keys_in, theme_keys
from cityexchange.languages.reading import best_readings
from cityexchange.spaces.models import CLOSED, Space
from cityexchange.themes.models import Theme

WINDOW, FEW = 100, 60
"""So many of the newest are looked at, so that no digest costs more in a larger community; so many at most come of them."""
Among = Callable[[Reader], Iterable[Any]]
Which = Callable[[Reader, Any], Iterable[Any]]


def moment(name: str) -> Any:
    """One of the parameters of `Hour.bind_values`."""
    return bindparam(name, type_=UTCDateTime)


def untold(reader: Reader, kind: str, record: Any, since: Any = None) -> ColumnElement[bool]:
    """Whether no letter of an earlier week named it, or something came after that (`since`). `record`: a model, or an alias of it."""
    mine = DigestItem.member_id == reader.id, DigestItem.record_type == constant(kind)
    told = select(DigestItem.id).where(*mine, DigestItem.record_id == record.id)
    told = told.where(DigestItem.week < bindparam("week", type_=Date))
    if since is not None:
        told = told.where(DigestItem.told_at >= since)
    return ~told.correlate(record).exists()


def unanswered_by(reader: Reader, topic: Any) -> ColumnElement[bool]:
    said = select(DigestAnswer.id).where(
        DigestAnswer.member_id == reader.id, DigestAnswer.topic_id == topic.id
    )
    return ~said.correlate(topic).exists()


def is_on_themes(topic: Any) -> ColumnElement[bool]:
    """On one that the member has to do with; asked of one topic after the other: for `exists` a database may first read all taggings."""
    tagged = select(true()).select_from(Tagging).join(Theme, Theme.id == Tagging.theme_id)
    tagged = tagged.where(Tagging.topic_id == topic.id, Theme.key.in_(bindparam("themes", expanding=True)))
    return tagged.correlate(topic).limit(at_most(1)).scalar_subquery().is_(True)


def newest_topics(hour: Hour, among_these: Among, which: Which) -> list[Any]:
    """`among_these`: conditions that an index knows; the newest of those are looked at, as far as the reader sees them, by `which`."""
    bind_values = {**hour.bind_values, "languages": hour.languages, "themes": [*hour.themes]}
    return rows(_newest(hour.reader, among_these, which), bind_values).all()


@prepared
def _newest(reader: Reader, among_these: Among, which: Which) -> Select[Any]:
    # The team sees what is held and removed too, where it looks after that.
    visible = visible_to(reader, Topic).where(~among(Topic.state, HIDDEN), *among_these(reader))
    order = Topic.last_posted_at.desc(), Topic.id.desc()
    topic = aliased(Topic, visible.order_by(*order).limit(at_most(WINDOW)).subquery("newest"))
    lines = (
        select(*_columns(topic))
        .join(Forum, Forum.id == topic.forum_id)
        .join(Space, Space.id == Forum.space_id)
        .outerjoin(ReadPosition, is_readers(topic, reader))
        .where(*which(reader, topic))
    )
    return lines.order_by(topic.last_posted_at.desc(), topic.id.desc()).limit(at_most(FEW))


def _columns(topic):
    names = "id title language kind state author_id created_at last_posted_at"
    return (
        literal("Topic").label("record_type"),
        *(getattr(topic, name) for name in names.split()),
        unread_of(topic).label("unread"),
        theme_keys(topic).label("theme_keys"),
        Space.confidentiality,
        Space.hides_names.label("hides_names"),
        Space.allows_chosen_names,
    )


def themes_of(row: Any, hour: Hour) -> list[str]:
    """Keys of those that the member has to do with, the nearest first."""
    nearness = {"offer": 0, "ask": 1, "need": 2}
    return sorted(
        (key for key in keys_in(row.theme_keys) if key in hour.themes),
        key=lambda key: nearness[hour.themes[key]],
    )


def items_of(found: list[Any], hour: Hour, why: Callable[[Any], str], way: str, **of_each: Any) -> list[Item]:
    titles = best_readings(hour.languages, found, ("title",))
    if "answers" in of_each:
        of_each["answers"] = [one for one in of_each["answers"] if one != "same" or hour.reader.city]
    return [_item(row, titles["Topic", row.id, "title"], why(row), way, **of_each) for row in found]


def _item(row, title, why, way, endpoint="forums.show_topic", values=None, answers=()):
    return Item(
        record_type="Topic",
        record_id=row.id,
        eyebrow=str(KIND_WORDS[row.kind]),
        title=title,
        why=why,
        endpoint=endpoint,
        values=(values or _of_topic)(row),
        way=way,
        place="forum",
        answers=tuple(answer for answer in answers if answer == "no" or may_answer(row)),
        is_open=row.confidentiality not in CLOSED,
    )


def _of_topic(row):
    return {"id": row.id}


def may_answer(row: Any) -> bool:
    return row.kind in ASKING and is_answerable(row, row)
