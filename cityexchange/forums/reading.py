"""A topic's page, read as columns: exactly what is shown, in a fixed number of queries however long the topic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Integer, Select, bindparam, case, exists, func, literal, null, select

from cityexchange.cities.models import City
from cityexchange.core.db import rows
from cityexchange.core.pages import fragment_renderer, of_version
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.projection import Projection
from cityexchange.forums.fragments import context_of
from cityexchange.forums.models import PAGE, Answer, Follow, Forum, Post, ReadPosition, Tagging, Topic
from cityexchange.forums.policy import PostPolicy, TopicPolicy
from cityexchange.languages.choices import base
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.languages.ui_names import version_of_ui_names
from cityexchange.members.models import Member
from cityexchange.spaces.models import SPACE_ABOVE, Space
from cityexchange.themes.models import Theme


@dataclass(frozen=True)
class Names:
    """Whose names a reader sees: members see members, visitors their cities, guests either, by space; under the Chatham House Rule nobody
    anybody's."""

    are_for_members: Any
    """As `SpacePolicy.naming`, or True or False where one space is meant."""
    are_hidden: Any
    """True or False where one space is meant; a column of the space in a list across spaces."""

    def of(self, column: Any, is_person: bool = True, pen_name: Any = None) -> Any:
        """Null where a chosen name stands, if `pen_name` is the column with that."""
        if pen_name is not None:
            column = case((pen_name.is_(None), column))
        return self._to_members(self._open(column)) if is_person else self._open(column)

    def name(self, column: Any, pen_name: Any) -> Any:
        """The name of who wrote, or the one they chose for the space."""
        return self._to_members(self._open(func.coalesce(pen_name, column)))

    def _to_members(self, column):
        if isinstance(self.are_for_members, bool):
            return column if self.are_for_members else null()
        return case((self.are_for_members, column))

    def _open(self, column):
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
        Post.is_official,
        Post.language,
        case((is_there, Post.html)).label("html"),
        case((is_there, Post.text)).label("text"),
        (Post.author_id == bindparam("reader_id")).label("is_own"),
        names.of(Post.author_id, pen_name=Post.pen_name).label("author_id"),
        names.name(Member.name, Post.pen_name).label("author_name"),
        names.of(City.name, is_person=False, pen_name=Post.pen_name).label("city_name"),
        names.of(City.slug, is_person=False, pen_name=Post.pen_name).label("city_slug"),
    )


ON_PAGE = Post.position > bindparam("after"), Post.position <= bindparam("until")


def page_range(number: int) -> dict[str, int]:
    return {"after": (number - 1) * PAGE, "until": number * PAGE}


def range_after(position: int, until: int = 0) -> dict[str, int]:
    """The posts after a position, or up to `until`: no more than stand on a page."""
    end = position + PAGE
    return {"after": position, "until": min(until, end) if until else end}


@prepared
def _posts_statement(names: Names) -> Select[Any]:
    return (
        select(*post_columns(names))
        .join(Member, Member.id == Post.author_id)
        .outerjoin(City, City.id == Post.author_city_id)
        .where(Post.topic_id == bindparam("topic_id"), *ON_PAGE)
        .order_by(Post.position)
    )


def posts_between(topic: Any, reader: Any, after: int, until: int) -> Sequence[Any]:
    """Posts with `after` < position <= `until`: a range, so the hundredth page costs what the first costs."""
    names = Names(TopicPolicy(reader, topic).name_people(), bool(topic.forum.space.hides_names))
    bind_values = {"reader_id": reader.id or 0, "topic_id": topic.id, "after": after, "until": until}
    return rows(_posts_statement(names), bind_values).all()


class ShownPost:
    """A row of a page with what this reader may do with it."""

    __slots__ = ("row", "fragment", "is_answer", "is_foreign", "may_edit", "may_remove", "may_mark")

    def __init__(self, row, is_answer):
        self.row, self.is_answer, self.fragment = row, is_answer, None
        self.is_foreign = self.may_edit = self.may_remove = self.may_mark = False


@dataclass(frozen=True)
class TopicPage:
    topic: Any
    """As `TOPIC` sees it."""
    number: int
    posts: Markup
    title: Any
    acts: dict[str, bool]
    """What the reader may do with the topic, by verb."""
    themes: tuple[str, ...]

    @property
    def is_last(self) -> bool:
        return self.number == self.topic.page_count


ACTS = ("reply", "speak_officially", "close", "reopen", "pin")


def theme_keys(topic: Any) -> Any:
    """A column for the themes of a topic, in the taxonomy's order: "housing,work", or null. See `keys_in`."""
    tags = select(Theme.key).join(Tagging, Tagging.theme_id == Theme.id).where(Tagging.topic_id == topic.id)
    keys = tags.order_by(Theme.position).correlate(topic).subquery()
    return select(func.aggregate_strings(keys.c.key, ",")).scalar_subquery()


def keys_in(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()


def _mine(column: Any) -> Callable[[Any], Any]:
    """The reader's own, of a topic."""
    model = column.class_

    def of(topic: Any) -> Any:
        mine = model.member_id == bindparam("reader_id", type_=Integer), model.topic_id == topic.id
        return select(column).where(*mine).correlate(topic).scalar_subquery()

    return of


def _is_written_by_reader(topic: Any) -> Any:
    """Whether one of the posts on the page is the reader's."""
    own = Post.topic_id == topic.id, Post.author_id == bindparam("reader_id", type_=Integer)
    return exists().where(*own, *ON_PAGE).correlate(topic)


FORUM = Projection(Forum, "id slug name description language", space=SPACE_ABOVE)
TOPIC = Projection(
    Topic,
    "id kind state title language author_id post_count version is_pinned closer_id",
    forum=Projection(Forum, "id slug name language", space=SPACE_ABOVE),
    answer=Projection(Answer, "topic_id post_id"),
    theme_keys=theme_keys,
    read_until=_mine(ReadPosition.position),
    level=_mine(Follow.level),
    is_written_by_reader=_is_written_by_reader,
)
"""A topic as a page of it shows it: read with what `page_range` says. `read_until` is None for who never opened it, `level` for
who chose nothing."""


def version_of_topic(reader: Any, id: int) -> tuple[Any, ...] | None:
    """None when the reader sees no such topic."""
    found = rows(_version(reader), {**reader.bind_values, "wanted": id}).first()
    return tuple(found) if found else None


@prepared
def _version(reader: Any) -> Select[Any]:
    # Of the forum what stands on the page: its own version rises with every reply in it.
    columns = Topic.version, Forum.name, Forum.slug, Forum.language, Space.version, version_of_ui_names()
    seen = visible_to(reader, Topic).with_only_columns(*columns)
    return (
        seen.join(Forum, Forum.id == Topic.forum_id)
        .join(Space, Space.id == Forum.space_id)
        .where(Topic.id == bindparam("wanted", type_=Topic.id.type))
    )


def topic_page(topic: Any, reader: Any, number: int) -> TopicPage:
    languages, policy = reader_languages(), TopicPolicy(reader, topic)
    title = best_readings(languages, [topic], ("title",))["Topic", topic.id, "title"]
    acts = {verb: bool(getattr(policy, verb)()) for verb in ACTS}
    posts = posts_in(policy, page_range(number), languages)
    return TopicPage(topic, number, posts, title, acts, keys_in(topic.theme_keys))


def posts_in(about: TopicPolicy, positions: dict[str, int], languages: list[str]) -> Markup:
    """The posts at these positions, kept by the topic's version for all who see the same of it and may do the same with it."""
    reader, topic = about.member, about.record

    def gather():
        posts = [
            ShownPost(row, row.id == answer_of(topic)) for row in posts_between(topic, reader, **positions)
        ]
        draw(topic, reader, posts, languages)
        if reader.is_authenticated:
            allow(about, posts, languages)
        return {"posts": posts}

    whose = reader.id if topic.is_written_by_reader else None
    rights = (
        reader.is_authenticated,
        about.name_people(),
        about.reply(),
        about.mark_answer(),
        about.facilitate(),
    )
    hides_names = bool(topic.forum.space.hides_names)
    asked = topic.id, topic.version, *positions.values()
    key = "posts", asked, tuple(languages), hides_names, rights, whose
    return of_version(key, "forums/_posts.html", gather)


def answer_of(topic: Any) -> int | None:
    return topic.answer.post_id if topic.answer else None


def draw(topic: Any, reader: Any, posts: list[ShownPost], languages: list[str]) -> None:
    """The words of each post, in the language this reader reads best."""
    there = [shown for shown in posts if shown.row.removed_at is None]
    readings = best_readings(languages, [shown.row for shown in there])
    is_hidden, draw_post = bool(topic.forum.space.hides_names), fragment_renderer("forums/_post.html")
    for shown in there:
        reading = readings["Post", shown.row.id, "text"]
        context = context_of(shown.row, reading, is_hidden, shown.is_answer, reader.is_authenticated)
        shown.fragment = draw_post(context.key, post=context)


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
