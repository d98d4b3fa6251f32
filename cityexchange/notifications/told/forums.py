"""Posts and topics. A post that was removed left a tombstone in its topic, and here nothing."""

from flask import url_for
from sqlalchemy import bindparam

from cityexchange.bookmarks.kinds import keepables
from cityexchange.cities.models import City
from cityexchange.core.db import rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.forums.bylines import Names
from cityexchange.forums.listing import names_of_forums
from cityexchange.forums.models import Forum, Post, Topic
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.notifications.told.shapes import Named, Told
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import SpacePolicy


def posts(reader: OneReader, ids: set[int]) -> list[Told]:
    found = rows(_posts(reader), {**reader.bind_values, "ids": list(ids)}).all()
    names, titles = names_of_forums(found), titles_of(found)
    return [
        Told(
            "Post",
            row.id,
            "forum",
            url_for("forums.show_post", id=row.id),
            titles[row.topic_id],
            names[row.forum_id],
            row.writer,
            row.city,
            record=row,
        )
        for row in found
    ]


def titles_of(found):
    """{topic id: Reading}"""
    topics = {Named("Topic", row.topic_id, row.title, row.language) for row in found}
    return {id: title for (_, id, _), title in best_readings(reader_languages(), topics, ("title",)).items()}


@prepared
def _posts(reader: Reader):
    names = Names(SpacePolicy.naming(reader), Space.hides_names)
    columns = (
        Post.id,
        Post.topic_id,
        Topic.title,
        Topic.language,
        Topic.forum_id,
        Forum.name.label("forum_name"),
        Forum.language.label("forum_language"),
        names.name(Member.name, Post.pen_name).label("writer"),
        names.of(City.called, is_person=False, pen_name=Post.pen_name).label("city"),
    )
    standing = visible_to(reader, Post).where(Post.removed_at.is_(None))
    whole = standing.join(Topic, Topic.id == Post.topic_id).join(Forum, Forum.id == Topic.forum_id)
    signed = whole.join(Space, Space.id == Forum.space_id).outerjoin(Member, Member.id == Post.author_id)
    with_city = signed.outerjoin(City, City.id == Post.author_city_id)
    return with_city.where(Post.id.in_(bindparam("ids", expanding=True))).with_only_columns(*columns)


def topics(reader: OneReader, ids: set[int]) -> list[Told]:
    kept = keepables["Topic"].lines(reader, list(ids))
    titles = best_readings(reader_languages(), kept, ("title",))
    return [
        Told(
            "Topic",
            one.id,
            "forum",
            url_for("forums.show_topic", id=one.id),
            titles["Topic", one.id, "title"],
            one.where,
            record=one,
        )
        for one in kept
    ]
