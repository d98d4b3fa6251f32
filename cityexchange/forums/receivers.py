"""What follows from a post: its writer follows the topic and has read it, open pages hear of it."""

from flask_babel import force_locale
from flask_babel import gettext as _

from cityexchange.core.db import db
from cityexchange.core.files import attach_linked
from cityexchange.core.i18n import LOCALES
from cityexchange.core.slugs import free
from cityexchange.core.sockets import announce
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Forum, ReadPosition
from cityexchange.forums.payloads import payload_of
from cityexchange.forums.signals import (
    answer_marked,
    answer_unmarked,
    post_edited,
    post_posted,
    post_removed,
)
from cityexchange.spaces.signals import space_opened


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
    ReadPosition.advance(post.author, post.topic, post.position, since=post.position)


@post_posted.connect
def keep_linked_files(post):
    attach_linked(post.text, post, post.author)


@post_edited.connect
def keep_newly_linked_files(post, revision):
    attach_linked(post.text, post, revision.editor)


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
