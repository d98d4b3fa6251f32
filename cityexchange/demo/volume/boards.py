"""Forums, topics and posts in bulk: positions without gaps, counters that are true."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.demo.volume import words
from cityexchange.demo.volume.people import BEGAN_AT, SLUG, insert_many, insert_numbered
from cityexchange.follows.models import Follow
from cityexchange.forums.models import KINDS, Forum, Post, ReadPosition, Tagging, Topic
from cityexchange.themes.models import Theme

LONGEST = 2_000
BETWEEN_POSTS = timedelta(minutes=4)
READ_EACH = 50
"""Topics in which every fifth member has a read position."""
FOLLOWED, UNFOLLOWED = range(101, 111), range(111, 121)
"""Places of topics: of those that FOLLOWERS members follow, and of those that nobody does."""
FOLLOWERS = 200


def load_boards(random, size, space, writers):
    lengths = lengths_of_topics(random, size)
    forums = insert_numbered(Forum, forum_rows(size, space, lengths))
    sequence = order_of_posts(random, lengths)
    authors = [random.choice(writers) for _ in sequence]
    topics = insert_numbered(Topic, topic_rows(random, lengths, forums, sequence, authors))
    insert_many(Post, list(post_rows(random, topics, sequence, authors)))
    insert_many(Tagging, tagging_rows(topics))
    insert_many(Follow, list(follow_rows(topics, authors, writers)))
    insert_many(ReadPosition, reading_rows(random, topics, lengths, writers))


def lengths_of_topics(random, size):
    """Posts of each topic, in sum `size.posts`: the first is the long one, the others differ as in life."""
    longest = max(1, min(LONGEST, size.posts - size.topics + 1)) if size.topics else 0
    lengths = [longest] + [1] * (size.topics - 1)
    weights = [random.paretovariate(1.3) for _ in range(size.topics - 1)]
    rest = size.posts - sum(lengths)
    for topic, number in Counter(
        random.choices(range(1, size.topics), weights, k=rest) if weights else ()
    ).items():
        lengths[topic] += number
    return lengths


def order_of_posts(random, lengths):
    """Which topic each post stands in, in the order of time: all openings, then replies as they come."""
    openings = list(range(len(lengths)))
    replies = [topic for topic, length in enumerate(lengths) for _ in range(length - 1)]
    random.shuffle(replies)
    return openings + replies


def forum_of(topic, size):
    return topic % size


def forum_rows(size, space, lengths):
    topics, posts = Counter(), Counter()
    for topic, length in enumerate(lengths):
        topics[forum_of(topic, size.forums)] += 1
        posts[forum_of(topic, size.forums)] += length
    return [
        {
            "space_id": space.id, "slug": f"{SLUG}-{number + 1:02}", "name": f"Example forum {number + 1}",
            "description": "Synthetic topics, for measuring.", "position": number, "topic_count": topics[number],
            "post_count": posts[number], "is_illustrative": True,
        }
        for number in range(size.forums)
    ]  # fmt: skip


def topic_rows(random, lengths, forums, sequence, authors):
    last = {topic: place for place, topic in enumerate(sequence)}
    return [
        {
            "forum_id": forums[forum_of(topic, len(forums))], "title": words.line(random, 4, 9),
            "kind": KINDS[topic % len(KINDS)], "author_id": authors[topic][0], "author_city_id": authors[topic][1],
            "last_author_id": authors[last[topic]][0], "last_posted_at": time_of(last[topic]), "post_count": length,
            "created_at": time_of(topic), "is_illustrative": True,
        }
        for topic, length in enumerate(lengths)
    ]  # fmt: skip


def time_of(place):
    return BEGAN_AT + place * BETWEEN_POSTS


def post_rows(random, topics, sequence, authors):
    texts = words.written(random, words.long_text, Post.heading_base)
    positions = Counter()
    for place, (topic, (author, city)) in enumerate(zip(sequence, authors, strict=True)):
        positions[topic] += 1
        yield {
            "topic_id": topics[topic], "position": positions[topic], "author_id": author, "author_city_id": city,
            "posted_at": time_of(place), "is_illustrative": True, "is_language_stated": True,
            **texts[place % len(texts)],
        }  # fmt: skip


def tagging_rows(topics):
    themes = db.session.scalars(select(Theme.id).order_by(Theme.position)).all()
    return [
        {"topic_id": topic, "theme_id": themes[place % len(themes)]} for place, topic in enumerate(topics)
    ]


def follow_rows(topics, authors, writers):
    """Whoever began a topic follows it; but some that many follow, and some that nobody does."""
    chosen = {"record_type": "Topic", "level": "following"}
    for place, topic in enumerate(topics):
        crowd = [member for member, _ in writers[:FOLLOWERS]] if place in FOLLOWED else []
        following = {} if place in UNFOLLOWED else dict.fromkeys([authors[place][0], *crowd])
        yield from (chosen | {"record_id": topic, "member_id": member} for member in following)


def reading_rows(random, topics, lengths, writers):
    known = range(len(topics))
    return [
        {"member_id": member, "topic_id": topics[topic], "position": random.randint(1, lengths[topic])}
        for member, _ in writers[::5]
        for topic in sorted(random.sample(known, min(READ_EACH, len(known))))
    ]
