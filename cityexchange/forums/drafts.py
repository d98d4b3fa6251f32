"""Texts of forums among a member's drafts."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.core.reader import OneReader
from cityexchange.drafts.places import Place, draft_places, of_records
from cityexchange.forums.models import Forum, Post, Topic
from cityexchange.languages.reading import best_readings, reader_languages

OF_FORUM = joinedload(Forum.space)
OF_TOPIC = joinedload(Topic.forum, innerjoin=True).joinedload(Forum.space, innerjoin=True)
OF_POST = joinedload(Post.topic).joinedload(Topic.forum).joinedload(Forum.space)


def about_forums(reader: OneReader, slugs):
    """By the names in their addresses; a question from anywhere names none."""
    asked = visible_to(reader, Forum).where(Forum.slug.in_([slug for slug in slugs if slug]))
    found = db.session.scalars(asked.options(OF_FORUM), reader.bind_values)
    forums = [forum for forum in found if can(reader, "start", forum)]
    names = best_readings(reader_languages(), forums, ("name",))
    return {None: None} | {forum.slug: names["Forum", forum.id, "name"] for forum in forums}


def init_app():
    replies = Place(
        _l("A reply"), "forums.show_topic", of_records(Topic, "reply", OF_TOPIC), anchor="reply-title"
    )
    edits = of_records(Post, "edit", OF_POST, titled=lambda post: post.topic)
    draft_places.add("forums.create_topic", Place(_l("A new topic"), "forums.new_topic", about_forums))
    draft_places.add("forums.create_post", replies)
    whole = Place(
        _l("A translation of a discussion"), "forums.edit_translations", of_records(Topic, "read", OF_TOPIC)
    )
    draft_places.add("forums.update_translations", whole)
    draft_places.add("forums.update_post", Place(_l("Changes of a post"), "forums.edit_post", edits))
