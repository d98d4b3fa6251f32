"""A topic's page, read as columns: exactly what is shown, in a fixed number of queries however long the topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, literal, null, select

from cityexchange.cities.models import City
from cityexchange.core.db import rows
from cityexchange.core.pages import drawing
from cityexchange.forums.fragments import facts_of
from cityexchange.forums.models import PAGE, Follow, Post, ReadPosition, Tagging, Topic
from cityexchange.forums.policy import PostPolicy, TopicPolicy
from cityexchange.languages.choices import base
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.themes.models import Theme


@dataclass(frozen=True)
class Names:
    """Whose names a reader sees: members see members, visitors their cities, and under the Chatham House Rule nobody anybody's."""

    are_for_members: bool
    are_hidden: Any
    """True or False where one space is meant; a column of the space in a list across spaces."""

    def of(self, column: Any, is_person: bool = True) -> Any:
        if is_person and not self.are_for_members:
            return null()
        if isinstance(self.are_hidden, bool):
            return null() if self.are_hidden else column
        return case((self.are_hidden, null()), else_=column)


def post_columns(names: Names) -> tuple[Any, ...]:
    """What a page tells of a post. The words of a removed one do not leave the database."""
    is_there = Post.removed_at.is_(None)
    return (
        literal("Post").label("record_type"),
        Post.id,
        Post.topic_id,
        Post.position,
        Post.posted_at,
        Post.edited_at,
        Post.removed_at,
        Post.language,
        case((is_there, Post.html)).label("html"),
        case((is_there, Post.text)).label("text"),
        (Post.author_id == bindparam("reader_id")).label("is_own"),
        names.of(Post.author_id).label("author_id"),
        names.of(Member.name).label("author_name"),
        names.of(City.name, is_person=False).label("city_name"),
        names.of(City.slug, is_person=False).label("city_slug"),
    )


@cache
def _posts_statement(names: Names) -> Select[Any]:
    # Built once: putting a statement together costs as much as running it.
    return (
        select(*post_columns(names))
        .join(Member, Member.id == Post.author_id)
        .outerjoin(City, City.id == Post.author_city_id)
        .where(Post.topic_id == bindparam("topic_id"))
        .where(Post.position > bindparam("after"), Post.position <= bindparam("until"))
        .order_by(Post.position)
    )


def posts_between(topic: Topic, reader: Any, after: int, until: int) -> Sequence[Any]:
    """Posts with `after` < position <= `until`: a range, so the hundredth page costs what the first costs."""
    names = Names(reader.is_authenticated, bool(topic.forum.space.hides_names))
    facts = {"reader_id": reader.id or 0, "topic_id": topic.id, "after": after, "until": until}
    return rows(_posts_statement(names), facts).all()


class ShownPost:
    """A row of a page with what this reader may do with it."""

    __slots__ = ("row", "fragment", "is_answer", "is_foreign", "may_edit", "may_remove", "may_mark")

    def __init__(self, row, is_answer):
        self.row, self.is_answer, self.fragment = row, is_answer, None
        self.is_foreign = self.may_edit = self.may_remove = self.may_mark = False


@dataclass(frozen=True)
class TopicPage:
    """`read_until` is None for who never opened the topic; `level` for who chose nothing."""

    topic: Topic
    number: int
    posts: list[ShownPost]
    title: Any
    read_until: int | None
    level: str | None
    acts: dict[str, bool]
    """What the reader may do with the topic, by verb."""
    themes: tuple[str, ...]

    @property
    def is_last(self) -> bool:
        return self.number == self.topic.page_count


ACTS = ("reply", "close", "reopen", "pin")


def topic_page(topic: Topic, reader: Any, number: int) -> TopicPage:
    found = posts_between(topic, reader, (number - 1) * PAGE, number * PAGE)
    languages = reader_languages()
    title = best_readings(languages, [topic], ("title",))["Topic", topic.id, "title"]
    posts = [ShownPost(row, row.id == answer_of(topic)) for row in found]
    draw(topic, reader, posts, languages)
    policy = TopicPolicy(reader, topic)
    acts = {verb: bool(getattr(policy, verb)()) for verb in ACTS}
    if reader.is_authenticated:
        allow(policy, posts, languages)
    return TopicPage(
        topic, number, posts, title, *position_and_level(topic, reader), acts, themes_of([topic])[topic.id]
    )


TAGS = (
    select(Tagging.topic_id, Theme.key)
    .join(Theme, Theme.id == Tagging.theme_id)
    .where(Tagging.topic_id.in_(bindparam("topic_ids", expanding=True)))
    .order_by(Theme.position)
)


def themes_of(topics: Sequence[Any]) -> dict[int, tuple[str, ...]]:
    """Theme keys by topic id, in one query."""
    themes: dict[int, tuple[str, ...]] = {topic.id: () for topic in topics}
    for topic_id, key in rows(TAGS, {"topic_ids": list(themes)}):
        themes[topic_id] += (key,)
    return themes


def answer_of(topic: Topic) -> int | None:
    return topic.answer.post_id if topic.answer else None


def draw(topic: Topic, reader: Any, posts: list[ShownPost], languages: list[str]) -> None:
    """The words of each post, in the language this reader reads best."""
    there = [shown for shown in posts if shown.row.removed_at is None]
    readings = best_readings(languages, [shown.row for shown in there])
    is_hidden, draw_post = bool(topic.forum.space.hides_names), drawing("forums/_post.html")
    for shown in there:
        reading = readings["Post", shown.row.id, "text"]
        facts = facts_of(shown.row, reading, is_hidden, shown.is_answer, reader.is_authenticated)
        shown.fragment = draw_post(facts.key, post=facts)


def allow(about_topic: TopicPolicy, posts: list[ShownPost], languages: list[str]) -> None:
    """Asks the policy for each post, and what they share about the topic once for all."""
    reader, topic = about_topic.member, about_topic.record
    for shown in posts:
        policy = PostPolicy(reader, OnPage(shown.row, topic, reader), about_topic)
        shown.may_edit, shown.may_remove, shown.may_mark = (
            policy.edit(),
            policy.remove(),
            policy.mark_answer(),
        )
        shown.is_foreign = shown.row.removed_at is None and base(shown.row.language) not in languages


class OnPage:
    """A row as its policy wants to see a post."""

    __slots__ = ("author_id", "is_opening", "is_removed", "topic")

    def __init__(self, row, topic, reader):
        self.author_id, self.topic = reader.id if row.is_own else None, topic
        self.is_opening, self.is_removed = row.position == 1, row.removed_at is not None


def position_and_level(topic: Topic, reader: Any) -> tuple[int | None, str | None]:
    if not reader.is_authenticated:
        return None, None
    facts = {"reader_id": reader.id, "topic_id": topic.id}
    return tuple(rows(POSITION_AND_LEVEL, facts).one())  # type: ignore[return-value]


def _mine(column):
    model = column.class_
    mine = model.member_id == bindparam("reader_id"), model.topic_id == bindparam("topic_id")
    return select(column).where(*mine).scalar_subquery()


POSITION_AND_LEVEL = select(_mine(ReadPosition.position), _mine(Follow.level))
