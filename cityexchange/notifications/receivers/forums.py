"""Of forums: topics that begin where one follows, replies in those that one follows, who is named, which answer was marked."""

from cityexchange.forums.levels import parameters_of
from cityexchange.forums.signals import (
    answer_marked,
    answer_unmarked,
    post_edited,
    post_posted,
    post_removed,
    topic_closed,
    topic_read,
    topic_reopened,
)
from cityexchange.members.calling import newly_called
from cityexchange.notifications.audience import called_in_topic, these, told_in_topic
from cityexchange.notifications.crowds import Crowd
from cityexchange.notifications.gone import forget, take_back
from cityexchange.notifications.models import notify, occasion_of
from cityexchange.notifications.reading import mark_seen
from cityexchange.spaces.unsigned import moment_in


@post_posted.connect
def tell_of_post(post):
    """Whoever is named hears of that instead."""
    named = tell_those_named(post)
    but = [post.author_id, *named]
    if post.is_opening:
        tell_of_new_topic(post.topic, but)
    else:
        tell_followers("reply", post, but=but)


@post_edited.connect
def tell_who_is_named_now(post, revision):
    tell_those_named(post, before=revision.text)


@answer_marked.connect
def tell_of_answer(answer):
    post, marker = answer.post, answer.marker_id
    if theirs := told_in_topic(post.author_id, post.topic, but=marker):
        tell("answer", post, theirs)
    tell_followers("answer", post, but=[marker, post.author_id])


@topic_closed.connect
def tell_that_it_closed(topic, closer):
    tell_of_change("closed", topic, closer)


@topic_reopened.connect
def tell_that_it_is_open_again(topic, opener):
    tell_of_change("reopened", topic, opener)


@answer_unmarked.connect
def forget_the_answer(topic, post):
    take_back("answer", post)


@post_removed.connect
def forget_the_post(post, remover):
    forget(post)


@topic_read.connect
def mark_what_was_seen(member, topic, since, until):
    mark_seen(member.id, topic, since, until)


def tell_those_named(post, before=""):
    """Their ids."""
    named = called_in_topic(newly_called(post.text, before), post.topic, but=post.author_id)
    if named:
        tell("mention", post, named)
    return named


def tell_followers(kind, post, but):
    topic = post.topic
    which = parameters_of(topic) | {"but": but}
    where = "followers", topic, post.position
    Crowd.of(occasion_of(kind, post), kind, post, *where, at=moment_in(topic.forum.space), **which).begin()


def tell_of_new_topic(topic, but):
    which = parameters_of(topic) | {"but": but}
    where = "waiting for topics", topic, 1
    at = moment_in(topic.forum.space)
    Crowd.of(occasion_of("topic", topic), "topic", topic, *where, at=at, **which).begin()


def tell_of_change(verb, topic, member):
    """It may happen again: each time is a happening of its own. For those who want everything, and nobody is woken for it."""
    at = moment_in(topic.forum.space)
    which = parameters_of(topic) | {"but": [member.id], "is_mailed": False}
    occasion = f"{occasion_of(verb, topic)}:{at.timestamp():.0f}"
    Crowd.of(occasion, "change", topic, "wanting everything", topic, None, at=at, **which).begin()


def tell(kind, post, ids):
    at = moment_in(post.topic.forum.space)
    notify(occasion_of(kind, post), these(), kind, post, post.topic, post.position, at=at, ids=ids)
