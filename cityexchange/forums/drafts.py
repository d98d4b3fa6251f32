"""Texts of forums among a member's drafts."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.core.reader import OneReader
from cityexchange.drafts.places import Place, draft_places, of_records
from cityexchange.forums.forms import PostForm, ReplyForm, TopicForm
from cityexchange.forums.models import Forum, Post, Topic
from cityexchange.forums.translating import ThreadForm
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
    replies = of_records(Topic, "reply", OF_TOPIC)
    edits = of_records(Post, "edit", OF_POST, titled=lambda post: post.topic)
    topic = Place(_l("A new topic"), "forums.new_topic", about_forums, form=TopicForm, is_several=True)
    reply = Place(_l("A reply"), "forums.show_topic", replies, anchor="reply-title", form=ReplyForm)
    post = Place(_l("Changes of a post"), "forums.edit_post", edits, form=PostForm)
    translated = of_records(Topic, "read", OF_TOPIC)
    whole = Place(
        _l("A translation of a discussion"), "forums.edit_translations", translated, form=ThreadForm
    )
    places = {
        "create_topic": topic,
        "create_post": reply,
        "update_post": post,
        "update_translations": whole,
    }
    for endpoint, place in places.items():
        draft_places.add(f"forums.{endpoint}", place)
