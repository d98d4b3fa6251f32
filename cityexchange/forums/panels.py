"""What other pages show of the forums."""

from sqlalchemy import bindparam, func, or_, select

from cityexchange.cities.models import Interest
from cityexchange.forums.listing import NEW_SINCE, forums_by_space, in_space, is_waiting, topics_for
from cityexchange.forums.models import Post, ReadPosition, Tagging, Topic
from cityexchange.spaces.models import Space

FEW = 6


def questions_for_me(member):
    """Questions that wait for an answer, in a language I read or on a theme my city needs or offers."""
    if not member.is_authenticated:
        return None
    topics = topics_for(member, waiting_for, limit=FEW, languages=member.languages_read)
    return "forums/_panel_questions.html", {"list": topics}


def waiting_for(reader):
    yield is_waiting()
    yield Topic.author_id != reader.id
    if reader.seat:
        themes = select(Interest.theme_id).where(Interest.city_id == reader.seat.city_id)
        tagged = select(Tagging.topic_id).where(Tagging.theme_id.in_(themes))
        yield or_(Topic.language.in_(bindparam("languages", expanding=True)), Topic.id.in_(tagged))


def new_for_me(member):
    """Topics with replies since my last visit that I have not read to the end."""
    if not member.is_authenticated:
        return None
    return "forums/_panel_new.html", {"list": topics_for(member, went_on, limit=FEW)}


def went_on(_reader):
    unread = func.coalesce(ReadPosition.position, 0) < Topic.post_count
    return Topic.last_posted_at > NEW_SINCE, unread


def talks_of_city(member, city):
    """Topics in which the city has spoken, newest reply first. Where names are hidden, cities are hidden too."""
    topics = topics_for(member, with_city, limit=FEW, city_id=city.id)
    return ("forums/_panel_city.html", {"list": topics, "city": city}) if topics.topics else None


def with_city(_reader):
    is_there = Post.author_city_id == bindparam("city_id"), Post.removed_at.is_(None)
    return Topic.id.in_(select(Post.topic_id).where(*is_there)), ~Space.hides_names


def talks_on_theme(member, theme):
    topics = topics_for(member, on_theme, limit=FEW, theme_id=theme.id)
    return ("forums/_panel_theme.html", {"list": topics}) if topics.topics else None


def on_theme(_reader):
    return (Topic.id.in_(select(Tagging.topic_id).where(Tagging.theme_id == bindparam("theme_id"))),)


def forums_of_space(member, space):
    return "forums/_panel_space.html", {"spaces": forums_by_space(member, in_space, space_id=space.id)}
