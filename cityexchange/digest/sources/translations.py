"""A title that waits for a translation: the member's own question, or one in a language that they know well."""

from flask_babel import gettext as _
from sqlalchemy import bindparam, or_, select

from cityexchange.core.db import among, constant
from cityexchange.core.i18n import language_name
from cityexchange.core.reader import Reader
from cityexchange.digest.items import Hour, Item
from cityexchange.digest.topics import is_on_themes, items_of, moment, newest_topics, unanswered_by, untold
from cityexchange.forums.models import ASKING, TALKING, Topic
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.languages.models import Translation
from cityexchange.spaces.models import CLOSED

KINDS = (*ASKING, "story")


def find(hour: Hour) -> list[Item]:
    """Whoever knows one language alone translates nothing."""
    if len({base(language) for language in hour.languages} - {UNDETERMINED}) < 2:
        return []
    waiting = [row for row in newest_topics(hour, talking, untranslated) if row.confidentiality not in CLOSED]
    waiting.sort(key=lambda row: row.author_id != hour.reader.id)
    return items_of(
        waiting,
        hour,
        lambda row: _why(row, hour),
        _("Translate the title"),
        endpoint="languages.new_translation",
        values=lambda row: {"record_type": "Topic", "id": row.id},
    )


def talking(reader: Reader):
    """What still talks."""
    yield among(Topic.state, TALKING)


def untranslated(reader: Reader, topic):
    """In a language that the member knows, on one of their themes or their own, in no second language yet."""
    yield topic.language.in_(bindparam("languages", expanding=True))
    yield topic.last_posted_at > moment("half_a_year_ago")
    yield among(topic.kind, KINDS)
    yield topic.language != constant(UNDETERMINED)
    yield or_(topic.author_id == reader.id, is_on_themes(topic))
    there = select(Translation.id).where(
        Translation.record_type == constant("Topic"), Translation.record_id == topic.id
    )
    yield ~there.correlate(topic).exists()
    yield unanswered_by(reader, topic)
    yield untold(reader, "Topic", topic)


def _why(row, hour):
    language = language_name(base(row.language))
    if row.author_id == hour.reader.id:
        return _(
            "Your title stands in %(language)s alone. In a second language more cities find it.",
            language=language,
        )
    return _(
        "This title stands in %(language)s alone. You know that language and another one.", language=language
    )
