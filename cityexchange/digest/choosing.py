"""What concerns a member this week: at most seven things in order of use, each found by what the member sees and may do today."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all

from cityexchange.cities.models import Interest
from cityexchange.core.db import constant, rows, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.digest.items import Hour, Item, Source, digest_sources
from cityexchange.digest.models import DigestAnswer
from cityexchange.digest.sources import answers, deadlines, questions, stories, translations
from cityexchange.digest.weeks import week_at
from cityexchange.forums.models import Tagging
from cityexchange.languages.choices import UNDETERMINED
from cityexchange.languages.reading import reader_languages
from cityexchange.members.models import AskTheme
from cityexchange.themes.models import Theme

MOST = 7
RELATIONS = "offer", "ask", "need"


def choose(
    reader: OneReader, week: date | None = None, only: Collection[tuple[str, str, int]] | None = None
) -> list[Item]:
    """`week`: that of the letter, or the one that runs. `only`: what still stands of these, each with its source."""
    hour = hour_of(reader, utcnow(), week)
    found = {
        source.name: [item._replace(source=source.name) for item in source.find(hour)]
        for source in digest_sources
    }
    if only is None:
        return deal(found)
    return [item for items in found.values() for item in items if (item.source, *item.key) in only]


def deal(found: dict[str, list[Item]]) -> list[Item]:
    """Of each source its share, and where others leave room more of the first; each thing once."""
    dealt: dict[tuple[str, int], Item] = {}
    for take in (lambda source: source.share, lambda source: source.most):
        for source in digest_sources:
            for item in found[source.name]:
                of_source = sum(1 for one in dealt.values() if one.source == source.name)
                if len(dealt) < MOST and of_source < take(source):
                    dealt.setdefault(item.key, item)
    places = [source.name for source in digest_sources]
    return sorted(dealt.values(), key=lambda item: places.index(item.source))


def hour_of(reader: OneReader, now: datetime, week: date | None = None) -> Hour:
    related = rows(_related(reader), reader.bind_values).all()
    themes = {
        key: relation for relation in reversed(RELATIONS) for key, kind, _ in related if kind == relation
    }
    put_off = {key: number for key, kind, number in related if kind == "put_off"}
    languages = [*reader_languages(reader), UNDETERMINED]
    return Hour(reader, now, week or week_of(reader, now), languages, themes, put_off)


def week_of(reader: OneReader, now: datetime) -> date:
    return week_at(now, reader.timezone or "UTC", reader.city.country if reader.city else None)


@prepared
def _related(reader: Reader) -> Any:
    """(key of a theme, what the reader has to do with it, how often)"""
    asked = select(Theme.key, constant("ask").label("kind"), literal(1).label("number"))
    asked = asked.join(AskTheme, AskTheme.theme_id == Theme.id).where(AskTheme.member_id == reader.id)
    said_no = select(Theme.key, constant("put_off"), func.count()).join(Tagging, Tagging.theme_id == Theme.id)
    said_no = said_no.join(DigestAnswer, DigestAnswer.topic_id == Tagging.topic_id)
    mine = DigestAnswer.member_id == reader.id, DigestAnswer.answer == "no"
    related = [asked, said_no.where(*mine).group_by(Theme.key)]
    if reader.is_official and reader.seat:
        city = select(Theme.key, Interest.side, literal(1)).join(Interest, Interest.theme_id == Theme.id)
        related.append(city.where(Interest.city_id == reader.seat.city_id))
    return union_all(*related)


def init_app():
    sources = (
        Source("answers", answers.find, share=2, most=MOST),
        Source("questions", questions.find, share=2, most=MOST),
        Source("deadlines", deadlines.find, share=1, most=3),
        Source("translations", translations.find, share=1, most=1),
        Source("stories", stories.find, share=1, most=1),
    )
    for order, source in enumerate(sources):
        digest_sources.add(source.name, source, order=order)
