"""What other pages show of the forums."""

from flask import url_for
from sqlalchemy import and_, bindparam, select

from cityexchange.core.databases import line_by_line
from cityexchange.core.db import among, at_most, db
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.registries import MOST_TASKS
from cityexchange.forums.boards import forums_by_space, in_space
from cityexchange.forums.listing import (
    NEW_SINCE,
    topics_for,
)
from cityexchange.forums.models import ANSWERED, TALKING, Forum, Post, Tagging, Topic
from cityexchange.forums.named import ON_THEME, Named
from cityexchange.forums.standing import has_unread
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import SpacePolicy

FEW = 6


def new_for_me(member):
    """Topics with replies since my last visit that I have not read to the end."""
    if not member.is_authenticated:
        return None
    return "forums/_panel_new.html", {"list": topics_for(member, went_on, limit=FEW)}


def went_on(_reader: Reader):
    return Topic.last_posted_at > NEW_SINCE, has_unread()


def talks_of_city(member, city):
    """Topics in which the city has spoken, newest reply first. Where names are hidden or chosen, cities are hidden too."""
    topics = WITH_CITY.page(member, FEW, city_id=city.id)
    return ("forums/_panel_talks.html", {"list": topics, "theme": None}) if topics.topics else None


def under_names(_reader: Reader):
    return (line_by_line(Topic.forum_id).in_(select(Forum.id).join(Space).where(~Space.hides_names)),)


WITH_CITY = Named(
    Post.topic_id,
    Post.author_city_id == bindparam("city_id"),
    Post.removed_at.is_(None),
    Post.pen_name.is_(None),
    which=under_names,
)


def talks_of_member(reader: Reader, member):
    """Topics in which a member wrote under their own name, newest reply first, as far as the reader reads there who wrote."""
    if member.state == "anonymised":
        return None  # Threat: a list of what one former member wrote would say more than each post does.
    topics = WITH_MEMBER.page(reader, FEW, member_id=member.id)
    return ("forums/_panel_wrote.html", {"list": topics}) if topics.topics else None


def where_named(reader: Reader):
    named = SpacePolicy.naming(reader)
    spaces = ~Space.hides_names if named is True else and_(~Space.hides_names, named)
    return (line_by_line(Topic.forum_id).in_(select(Forum.id).join(Space).where(spaces)),)


WITH_MEMBER = Named(
    Post.topic_id,
    Post.author_id == bindparam("member_id"),
    Post.removed_at.is_(None),
    Post.pen_name.is_(None),
    which=where_named,
)


def answers_on_theme(member, theme):
    """What has been asked about a theme and answered, newest first."""
    topics = ON_THEME["answered"].page(member, FEW, theme_id=theme.id)
    return ("forums/_panel_answered.html", {"list": topics}) if topics.topics else None


def talks_on_theme(member, theme):
    topics = BESIDE_ANSWERS.page(member, FEW, theme_id=theme.id)
    return ("forums/_panel_talks.html", {"list": topics, "theme": theme.key}) if topics.topics else None


def not_answered(_reader: Reader):
    return (~among(Topic.state, ANSWERED),)


BESIDE_ANSWERS = Named(Tagging.topic_id, Tagging.theme_id == bindparam("theme_id"), which=not_answered)


def questions_of(reader: Reader, member):
    """What a member asked under their own name and nobody has answered to their help, as far as the reader sees it."""
    asked = visible_to(reader, Topic).join(Forum, Forum.id == Topic.forum_id)
    asked = asked.join(Space, Space.id == Forum.space_id)
    asked = asked.where(Topic.author_id == member.id, Topic.kind == "question", among(Topic.state, TALKING))
    # Threat: a list of what somebody leaves would tell who stands behind a chosen name.
    asked = asked.where(~Topic.answer.has(), Topic.pen_name.is_(None), ~Space.hides_names)
    newest = asked.order_by(Topic.last_posted_at.desc(), Topic.id).limit(at_most(MOST_TASKS))
    return [(topic.title, url_for("forums.show_topic", id=topic.id)) for topic in db.session.scalars(newest)]


def forums_of_space(member, space):
    return "forums/_panel_space.html", {"spaces": forums_by_space(member, in_space, space_id=space.id)}
