"""Topics among what a member keeps for later."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam

from cityexchange.bookmarks.kinds import Keepable, Kept, keepables
from cityexchange.core.db import rows
from cityexchange.core.i18n import local_date
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.forums.listing import names_of_forums
from cityexchange.forums.models import Forum, Topic


def lines(reader: OneReader, ids):
    found = rows(_lines(reader), {**reader.bind_values, "ids": ids}).all()
    names = names_of_forums(found)
    return [
        Kept("Topic", row.id, row.title, row.language, names[row.forum_id], _when(row.last_posted_at))
        for row in found
    ]


def _when(moment):
    return _("Last post: %(day)s", day=local_date(moment, format="medium"))


@prepared
def _lines(reader: Reader):
    named = Forum.name.label("forum_name"), Forum.language.label("forum_language")
    columns = Topic.id, Topic.title, Topic.language, Topic.last_posted_at, Topic.forum_id, *named
    visible = visible_to(reader, Topic).join(Forum, Forum.id == Topic.forum_id)
    return visible.where(Topic.id.in_(bindparam("ids", expanding=True))).with_only_columns(*columns)


def init_app():
    topics = Keepable(Topic, _l("Topic"), _l("Topics"), "forums.show_topic", "forum", lines)
    keepables.add("Topic", topics, order=10)
