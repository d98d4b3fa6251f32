"""What other pages show of the forums."""

from sqlalchemy import func, or_, select

from cityexchange.cities.models import Interest
from cityexchange.forums.listing import forums_by_space, is_waiting, new_since, topics_for
from cityexchange.forums.models import Forum, Post, ReadPosition, Tagging, Topic
from cityexchange.spaces.models import Space

FEW = 6


def questions_for_me(member):
    """Questions that wait for an answer, in a language I read or on a theme my city needs or offers."""
    if not member.is_authenticated:
        return None
    topics = topics_for(member, is_waiting(), Topic.author_id != member.id, _concerns(member), limit=FEW)
    return "forums/_panel_questions.html", {"list": topics}


def _concerns(member):
    languages = [Topic.language.in_(member.languages_read)] if member.languages_read else []
    if member.city is None:
        return or_(True, *languages)
    themes = select(Interest.theme_id).where(Interest.city_id == member.city.id)
    tagged = select(Tagging.topic_id).where(Tagging.theme_id.in_(themes))
    return or_(*languages, Topic.id.in_(tagged))


def new_for_me(member):
    """Topics with replies since my last visit that I have not read to the end."""
    if not member.is_authenticated:
        return None
    unread = func.coalesce(ReadPosition.position, 0) < Topic.post_count
    topics = topics_for(member, Topic.last_posted_at > new_since(member), unread, limit=FEW)
    return "forums/_panel_new.html", {"list": topics}


def talks_of_city(member, city):
    """Topics in which the city has spoken, newest reply first. Where names are hidden, cities are hidden too."""
    spoke = select(Post.topic_id).where(Post.author_city_id == city.id, Post.removed_at.is_(None))
    topics = topics_for(member, Topic.id.in_(spoke), ~Space.hides_names, limit=FEW)
    return ("forums/_panel_city.html", {"list": topics, "city": city}) if topics.topics else None


def talks_on_theme(member, theme):
    tagged = select(Tagging.topic_id).where(Tagging.theme_id == theme.id)
    topics = topics_for(member, Topic.id.in_(tagged), limit=FEW)
    return ("forums/_panel_theme.html", {"list": topics}) if topics.topics else None


def forums_of_space(member, space):
    return "forums/_panel_space.html", {"spaces": forums_by_space(member, Forum.space_id == space.id)}
