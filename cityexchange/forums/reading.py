"""A topic's page, read as columns: exactly what is shown, in a fixed number of queries however long the topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Integer, Select, bindparam, case, exists, literal, literal_column, select

from cityexchange.bookmarks.models import is_kept
from cityexchange.cities.models import City
from cityexchange.core.db import rows
from cityexchange.core.pages import fragment_renderer, of_version
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.projection import Projection
from cityexchange.core.reader import OneReader, Reader
from cityexchange.drafts.models import has_draft
from cityexchange.follows.models import level_of
from cityexchange.forums.bylines import Names
from cityexchange.forums.fragments import context_of
from cityexchange.forums.levels import level_of_forum, level_of_topic
from cityexchange.forums.models import PAGE, Answer, Forum, Post, ReadPosition, Topic
from cityexchange.forums.policy import PostPolicy, TopicPolicy
from cityexchange.forums.shown import ShownPost
from cityexchange.forums.tags import keys_in, theme_keys
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.languages.reading import best_readings, is_unread, reader_languages
from cityexchange.languages.ui_names import version_of_ui_names
from cityexchange.members.models import Member
from cityexchange.members.naming import with_names
from cityexchange.spaces.models import Space
from cityexchange.spaces.reading import SPACE_ABOVE


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
        names.of(City.called, is_person=False, pen_name=Post.pen_name).label("city_name"),
        names.of(City.slug, is_person=False, pen_name=Post.pen_name).label("city_slug"),
        names.of(City.paving, is_person=False, pen_name=Post.pen_name).label("city_paving"),
    )


ON_PAGE = Post.position > bindparam("after"), Post.position <= bindparam("until")


def page_range(number: int) -> dict[str, int]:
    return {"after": (number - 1) * PAGE, "until": number * PAGE}


def range_after(position: int, until: int = 0) -> dict[str, int]:
    """The posts after a position, or up to `until`: no more than stand on a page."""
    return {"after": position, "until": min(until or position + PAGE, position + PAGE)}


@prepared
def _posts_statement(names: Names) -> Select[Any]:
    return (
        select(*post_columns(names))
        .join(Member, Member.id == Post.author_id)
        .outerjoin(City, City.id == Post.author_city_id)
        .where(Post.topic_id == bindparam("topic_id"), *ON_PAGE)
        .order_by(Post.position)
    )


def posts_between(topic: Any, reader: Reader, after: int, until: int) -> Sequence[Any]:
    """Posts with `after` < position <= `until`: a range, so the hundredth page costs what the first costs."""
    names = Names(TopicPolicy(reader, topic).name_people(), bool(topic.forum.space.hides_names))
    bind_values = {"reader_id": reader.id or 0, "topic_id": topic.id, "after": after, "until": until}
    return rows(_posts_statement(names), bind_values).all()


@dataclass(frozen=True)
class TopicPage:
    topic: Any  # as `TOPIC` sees it
    number: int
    posts: Markup
    title: Any
    acts: dict[str, bool]
    """What the reader may do with the topic, by verb."""
    themes: tuple[str, ...]

    @property
    def is_unread(self) -> bool:
        """Whether the reader cannot read the title or, of what is asked for with it (`Topic.records_below`), a post."""
        return is_unread(self.title) or (self.number == 1 and ASKS in self.posts)

    @property
    def is_last(self) -> bool:
        return self.number == self.topic.page_count


ASKS = "<button data-asks "
"""Where a post is unread, in the kept part itself, so that nothing is asked for it; nobody's words have a button."""
ACTS = ("reply", "speak_officially", "close", "reopen", "pin")


def _read_until(topic: Any) -> Any:
    mine = ReadPosition.member_id == bindparam("reader_id", type_=Integer), ReadPosition.topic_id == topic.id
    return select(ReadPosition.position).where(*mine).correlate(topic).scalar_subquery()


def _is_written_by_reader(topic: Any) -> Any:
    """Whether one of the posts on the page is the reader's."""
    author = Post.author_id + literal_column("0", Integer)  # by no index: of theirs there may be thousands
    own = Post.topic_id == topic.id, author == bindparam("reader_id", type_=Integer)
    return exists().where(*own, *ON_PAGE).correlate(topic)


FORUM = Projection(
    Forum, "id slug name description language", space=SPACE_ABOVE, level=level_of, holding=level_of_forum
)
TOPIC = Projection(
    Topic,
    "id kind state title language author_id post_count version is_pinned closer_id",
    forum=Projection(Forum, "id slug name language", space=SPACE_ABOVE),
    answer=Projection(Answer, "topic_id post_id"),
    theme_keys=theme_keys,
    read_until=_read_until,
    level=level_of,
    holding=level_of_topic,
    is_kept=is_kept,
    has_draft=has_draft("draft_place"),
    is_written_by_reader=_is_written_by_reader,
)
"""Of a page, with `page_range` and `draft_place`. None is `read_until` of who never opened it, `level` of who chose nothing."""


def version_of_topic(reader: OneReader, id: int) -> tuple[Any, ...] | None:
    """None when the reader sees no such topic."""
    found = rows(_version(reader), {**reader.bind_values, "wanted": id}).first()
    return tuple(found) if found else None


@prepared
def _version(reader: Reader) -> Select[Any]:
    # Of the forum what stands on the page: its own version rises with every reply in it.
    columns = Topic.version, Forum.name, Forum.slug, Forum.language, Space.version, version_of_ui_names()
    visible = visible_to(reader, Topic).with_only_columns(*columns)
    return (
        visible.join(Forum, Forum.id == Topic.forum_id)
        .join(Space, Space.id == Forum.space_id)
        .where(Topic.id == bindparam("wanted", type_=Topic.id.type))
    )


def topic_page(topic: Any, reader: OneReader, number: int) -> TopicPage:
    languages, policy = reader_languages(), TopicPolicy(reader, topic)
    title = best_readings(languages, [topic], ("title",))["Topic", topic.id, "title"]
    acts = {verb: bool(getattr(policy, verb)()) for verb in ACTS}
    posts = posts_in(topic, reader, page_range(number), languages)
    return TopicPage(topic, number, posts, title, acts, keys_in(topic.theme_keys))


def posts_in(topic: Any, reader: OneReader, positions: dict[str, int], languages: list[str]) -> Markup:
    """The posts at these positions, kept by the topic's version for all who see the same of it and may do the same with it."""
    about, hides_names = TopicPolicy(reader, topic), bool(topic.forum.space.hides_names)

    def gather():
        posts = [ShownPost(row, topic, reader) for row in posts_between(topic, reader, **positions)]
        render_each(topic, reader, posts, languages)
        if reader.is_authenticated:
            allow(about, posts, languages)
        return {"posts": posts, "may_quote": about.reply(), "is_member": reader.is_authenticated}

    whose = reader.id if topic.is_written_by_reader else None
    verbs = about.name_people(), about.reply(), about.mark_answer(), about.facilitate()
    asked = topic.id, topic.version, hides_names, *positions.values()
    key = "posts", asked, tuple(languages), reader.is_authenticated, verbs, whose
    return with_names(of_version(key, "forums/_posts.html", gather), reader, hides_names)


def render_each(topic: Any, reader: Reader, posts: list[ShownPost], languages: list[str]) -> None:
    """The words of each post, in the language this reader reads best."""
    there = [shown for shown in posts if not shown.is_removed]
    readings = best_readings(languages, [shown.row for shown in there])
    is_hidden, render_post = bool(topic.forum.space.hides_names), fragment_renderer("forums/_post.html")
    for shown in there:
        shown.reading = reading = readings["Post", shown.row.id, "text"]
        context = context_of(shown.row, reading, is_hidden, shown.is_answer, reader.is_authenticated)
        shown.fragment = render_post(context.key, post=context)


def allow(about_topic: TopicPolicy, posts: list[ShownPost], languages: list[str]) -> None:
    """Asks the policy for each post, and what they share about the topic once for all."""
    for shown in posts:
        policy = PostPolicy(about_topic.member, shown, about_topic)
        shown.may_edit, shown.may_remove, shown.may_mark = (
            policy.edit(),
            policy.remove(),
            policy.mark_answer(),
        )
        is_told = shown.row.language != UNDETERMINED
        shown.is_foreign = is_told and not shown.is_removed and base(shown.row.language) != languages[0]
        shown.asks_language = shown.may_edit and not is_told
