"""A title that waits for a translation: the member's own question, or one in a language that they know well."""

from flask_babel import gettext as _
from sqlalchemy import bindparam, or_, select

from cityexchange.core.db import among, constant
from cityexchange.core.i18n import language_name
from cityexchange.core.reader import Reader
from cityexchange.digest.items import Hour, Item
from cityexchange.digest.topics import items_of, moment, newest_topics, unanswered_by, untold
from cityexchange.forums.models import ASKING, TALKING, Tagging, Topic
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.languages.models import Translation
from cityexchange.spaces.models import CLOSED
from cityexchange.themes.models import Theme

KINDS = (*ASKING, "story")


def find(hour: Hour) -> list[Item]:
    """Whoever knows one language alone translates nothing."""
    if len({base(language) for language in hour.languages} - {UNDETERMINED}) < 2:
        return []
    waiting = [
        row
        for row in newest_topics(hour, untranslated, is_on_themes=False)
        if row.confidentiality not in CLOSED
    ]
    waiting.sort(key=lambda row: row.author_id != hour.reader.id)
    return items_of(
        waiting,
        hour,
        lambda row: _why(row, hour),
        _("Translate the title"),
        endpoint="languages.new_translation",
        values=lambda row: {"record_type": "Topic", "id": row.id},
    )


def untranslated(reader: Reader):
    """Of the last month, in a language that the member knows, on one of their themes or their own, in no second language yet."""
    yield among(Topic.kind, KINDS)
    yield among(Topic.state, TALKING)
    yield Topic.last_posted_at > moment("month_ago")
    yield Topic.language != constant(UNDETERMINED)
    yield Topic.language.in_(bindparam("languages", expanding=True))
    tagged = select(Tagging.topic_id).join(Theme, Theme.id == Tagging.theme_id)
    tagged = tagged.where(Tagging.topic_id == Topic.id, Theme.key.in_(bindparam("themes", expanding=True)))
    yield or_(Topic.author_id == reader.id, tagged.correlate(Topic).exists())
    there = select(Translation.id).where(
        Translation.record_type == constant("Topic"), Translation.record_id == Topic.id
    )
    yield ~there.correlate(Topic).exists()
    yield unanswered_by(reader)
    yield untold(reader, "Topic", Topic.id)


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
