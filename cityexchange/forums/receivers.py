"""What follows from a post: its writer follows the topic and has read it, others get a mail, open pages hear of it."""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from cityexchange.core.db import db
from cityexchange.core.files import attach_linked
from cityexchange.core.i18n import LOCALES
from cityexchange.core.mail import queue_mail, queue_mails
from cityexchange.core.policy import is_visible
from cityexchange.core.prepared import prepared
from cityexchange.core.slugs import free
from cityexchange.core.sockets import announce
from cityexchange.follows.levels import is_muted, told_of_part
from cityexchange.follows.models import Follow
from cityexchange.forums import levels
from cityexchange.forums.models import Forum, ReadPosition
from cityexchange.forums.payloads import payload_of
from cityexchange.forums.signals import (
    answer_marked,
    answer_unmarked,
    post_edited,
    post_posted,
    post_removed,
)
from cityexchange.members.calling import is_called, newly_called
from cityexchange.members.models import Member
from cityexchange.spaces.signals import space_opened


@prepared
def _followers():
    told = told_of_part(*levels.TOPIC)
    return told.where(told.selected_columns.member_id.not_in(bindparam("but", expanding=True)))


@space_opened.connect
def open_its_first_forum(space):
    """Somebody who opens a space finds where to write in it."""
    language = space.language if space.language in LOCALES else "en"
    with force_locale(language):
        name = _("Questions and discussions")
    db.session.add(Forum(space=space, slug=free(Forum.slug, space.slug), name=name, language=language))
    db.session.flush()


@post_posted.connect
def follow_what_one_writes_in(post):
    Follow.begin(post.author, post.topic)
    ReadPosition.advance(post.author, post.topic, post.position)


@post_posted.connect
def keep_linked_files(post):
    attach_linked(post.text, post, post.author)


@post_edited.connect
def keep_newly_linked_files(post, revision):
    attach_linked(post.text, post, revision.editor)


@post_posted.connect
def write_to_followers(post):
    """Whoever is mentioned hears of that instead."""
    called = write_to_mentioned(post)
    if post.is_opening:
        return
    who = levels.parameters_of(post.topic) | {"but": [post.author_id, *called]}
    queue_mails(f"reply:{post.id}", _followers(), "forums/reply", record=post, conversation=post.topic, **who)


@post_edited.connect
def write_to_newly_mentioned(post, revision):
    write_to_mentioned(post, before=revision.text)


def write_to_mentioned(post, before=""):
    """Ids of those who get a mail: each once for this post, only who can read it and has not muted the topic."""
    called = [member for member in named_in(post, before) if is_visible(member, post)]
    for member in called:
        key = f"mention:{post.id}:{member.id}"
        queue_mail(key, member, "forums/mention", record=post, conversation=post.topic)
    return [member.id for member in called]


def named_in(post, before=""):
    """Whom the post calls, and what it said before did not. A quote calls nobody."""
    if not (handles := newly_called(post.text, before)):
        return []
    hears = ~is_muted(*levels.TOPIC, member_id=Member.id)
    named = select(Member).where(is_called(Member, handles))
    others = named.where(Member.id != post.author_id, hears)
    return db.session.scalars(others, levels.parameters_of(post.topic)).all()


@post_posted.connect
def tell_of_post(post):
    announce(post.topic, "post:posted", **payload_of(post))


@post_edited.connect
def tell_of_edit(post, revision):
    announce(post.topic, "post:changed", **payload_of(post))


@answer_marked.connect
def tell_of_mark(answer):
    announce(answer.topic, "post:changed", **payload_of(answer.post))


@answer_unmarked.connect
def tell_of_mark_taken_back(topic, post):
    announce(topic, "post:changed", **payload_of(post))


@post_removed.connect
def tell_of_removal(post, remover):
    announce(post.topic, "post:removed", **payload_of(post))
