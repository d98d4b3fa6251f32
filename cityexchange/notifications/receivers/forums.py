"""Of forums: replies in topics that one follows, who is named, which answer was marked."""

from cityexchange.forums.signals import (
    answer_marked,
    answer_unmarked,
    post_edited,
    post_posted,
    post_removed,
    topic_read,
)
from cityexchange.members.calling import newly_called
from cityexchange.notifications.audience import called_in_topic, followers, these, told_in_topic
from cityexchange.notifications.gone import forget, take_back
from cityexchange.notifications.models import notify, occasion_of
from cityexchange.notifications.reading import mark_read
from cityexchange.spaces.unsigned import moment_in


@post_posted.connect
def tell_of_post(post):
    """Whoever is named hears of that instead."""
    named = tell_those_named(post)
    if not post.is_opening:
        tell_followers("reply", post, but=[post.author_id, *named])


@post_edited.connect
def tell_who_is_named_now(post, revision):
    tell_those_named(post, before=revision.text)


@answer_marked.connect
def tell_of_answer(answer):
    post, marker = answer.post, answer.marker_id
    if theirs := told_in_topic(post.author_id, post.topic, but=marker):
        tell("answer", post, these(), ids=theirs)
    tell_followers("answer", post, but=[marker])


@answer_unmarked.connect
def forget_the_answer(topic, post):
    take_back("answer", post)


@post_removed.connect
def forget_the_post(post, remover):
    forget(post)


@topic_read.connect
def mark_what_was_read(member, topic, position):
    mark_read(member, topic, position)


def tell_those_named(post, before=""):
    """Their ids."""
    named = called_in_topic(newly_called(post.text, before), post.topic, but=post.author_id)
    if named:
        tell("mention", post, these(), ids=named)
    return named


def tell_followers(kind, post, but):
    space = post.topic.forum.space
    tell(
        kind,
        post,
        followers(space.confidentiality),
        topic_id=post.topic_id,
        space_id=space.id,
        but=but,
    )


def tell(kind, post, members, **which):
    at = moment_in(post.topic.forum.space)
    notify(occasion_of(kind, post), members, kind, post, post.topic, post.position, at=at, **which)
