"""One real question and the answer that helped, as everybody may read them, in the language of the page where it can be."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, literal, or_, select
from sqlalchemy.orm import aliased

from cityexchange.cities.world import Dot
from cityexchange.core.db import among, at_most, rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.text import excerpt
from cityexchange.core.text.quoted import own_words
from cityexchange.forums.between import cities_of_topic
from cityexchange.forums.models import ANSWERED, Answer, Forum, Post, Topic
from cityexchange.languages.reading import best_readings, is_unread, reader_languages
from cityexchange.members.naming import with_names
from cityexchange.spaces.models import Space

CANDIDATES = 6
"""Questions, the newest first, of which one that the reader reads is shown."""
LONG = 320
"""Characters of each text."""
Cities = dict[int, Dot]


@dataclass
class Specimen:
    """`asked` and `helped`: cities; `others`: those that answered too. `title`, `question` and `answer`: Readings, with `words` of the
    last two."""

    topic_id: int
    asked: Dot
    helped: Dot
    title: Any
    question: Any
    answer: Any
    words: dict[str, str] = field(default_factory=dict)
    others: list[Dot] = field(default_factory=list)

    @property
    def pairs(self) -> set[tuple[int, int]]:
        return {(self.asked.id, city.id) for city in (self.helped, *self.others)}

    @property
    def is_read(self) -> bool:
        return not any(map(is_unread, (self.title, self.question, self.answer)))


def specimen_for(reader: OneReader, cities: Cities) -> Specimen | None:
    """The newest of those that the reader reads whole, else the newest; `cities`: those on the map, by id."""
    topics = [
        row
        for row in rows(_answered(reader), reader.bind_values)
        if row.asked in cities and row.helped in cities
    ]
    if not topics:
        return None
    found = _in_words(topics, cities)
    specimen = next((one for one in found if one.is_read), found[0])
    both = {"question": specimen.question, "answer": specimen.answer}
    specimen.words = {name: _beginning(reading.html, reader) for name, reading in both.items()}
    known = {specimen.asked.id, specimen.helped.id}
    answered = cities_of_topic(specimen.topic_id)
    specimen.others = [city for city in answered if city.id in cities and city.id not in known]
    return specimen


def _in_words(topics, cities):
    posts = {(post.topic_id, post.is_opening): post for post in _posts_of(topics)}
    readings = best_readings(reader_languages(), [*topics, *posts.values()], ("title", "text"))
    found = []
    for row in topics:
        words = (readings["Post", posts[row.id, is_opening].id, "text"] for is_opening in (True, False))
        title = readings["Topic", row.id, "title"]
        found.append(Specimen(row.id, cities[row.asked], cities[row.helped], title, *words))
    return found


def _beginning(html, reader: OneReader):
    return excerpt(own_words(with_names(html, reader)), LONG)


def _posts_of(topics):
    wanted = {"topics": [row.id for row in topics], "answers": [row.post_id for row in topics]}
    return rows(_posts(), wanted).all()


OfAnswer = aliased(Post, name="of_answer")
Opening = aliased(Post, name="opening")


@prepared
def _answered(reader: Reader):
    """Questions that one city asked and another answered to its help, under their own names."""
    visible = visible_to(reader, Topic).join(Forum, Forum.id == Topic.forum_id)
    visible = visible.join(Space, Space.id == Forum.space_id).join(Answer, Answer.topic_id == Topic.id)
    visible = visible.join(OfAnswer, OfAnswer.id == Answer.post_id)
    visible = visible.join(Opening, (Opening.topic_id == Topic.id) & (Opening.position == 1))
    is_there = OfAnswer.removed_at.is_(None), Opening.removed_at.is_(None)
    is_signed = ~Space.hides_names, Topic.pen_name.is_(None), OfAnswer.pen_name.is_(None)
    is_between = OfAnswer.author_city_id != Topic.author_city_id
    visible = visible.where(among(Topic.state, ANSWERED), *is_there, *is_signed, is_between)
    newest = visible.order_by(Topic.last_posted_at.desc(), Topic.id.desc()).limit(at_most(CANDIDATES))
    columns = literal("Topic").label("record_type"), Topic.id, Topic.title, Topic.language
    cities = Topic.author_city_id.label("asked"), OfAnswer.author_city_id.label("helped")
    return newest.with_only_columns(*columns, *cities, Answer.post_id)


@prepared
def _posts():
    is_opening = Post.position == 1
    is_answer = Post.id.in_(bindparam("answers", expanding=True))
    is_wanted = or_(is_answer, Post.topic_id.in_(bindparam("topics", expanding=True)) & is_opening)
    columns = Post.id, Post.topic_id, Post.text, Post.html, Post.language, is_opening.label("is_opening")
    return select(literal("Post").label("record_type"), *columns).where(is_wanted)
