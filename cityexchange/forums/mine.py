"""Topics among what is a member's own."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam

from cityexchange.core.reader import OneReader
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart
from cityexchange.forums.labels import STATE_WORDS
from cityexchange.forums.models import Topic
from cityexchange.forums.named import Named
from cityexchange.languages.labels import translated_words

BEGUN = Named(Topic.id, Topic.author_id == bindparam("author_id"))


def topics_begun(member: OneReader) -> OwnPart:
    found = BEGUN.page(member, FEW_OWN, author_id=member.id)
    return OwnPart(
        name="topics",
        title=_("Topics I began"),
        place="forum",
        lines=[_line(topic, found.titles[topic.id]) for topic in found.topics],
        all_address=url_for("forums.index_topics", filter="mine"),
        all_words=_("All topics in which I wrote"),
        nothing=_("You have begun no topic yet."),
        way=url_for("forums.new_topic"),
        way_words=_("Ask a question"),
    )


def _line(topic, title):
    replies = ngettext("%(num)s reply", "%(num)s replies", topic.reply_count)
    address = url_for("forums.show_topic", id=topic.id)
    return OwnLine(
        title.text, address, (STATE_WORDS[topic.state], replies, translated_words(title)), title.language
    )
