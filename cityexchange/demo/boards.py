"""The forums of the illustrative community and what is said in them."""

from datetime import timedelta

from cityexchange.core.db import db, utcnow
from cityexchange.demo.content import added_threads, read
from cityexchange.demo.thread_translations import translate_thread
from cityexchange.forums.models import Forum, Post
from cityexchange.themes.models import Theme

LATER = ("query",)
"""Kinds of thread that the forums cannot hold yet (queries with a deadline)."""
DAYS_BETWEEN_TOPICS, HOURS_BETWEEN_POSTS = 3, 20


def load_forums(spaces):
    forums = {}
    for position, item in enumerate(read("extras")["forums"]):
        forum = Forum(
            space=spaces[item["space"]],
            slug=item["slug"],
            name=item["name"],
            description=item["description"],
            position=position,
            is_illustrative=True,
        )
        db.session.add(forum)
        forums[item["name"]] = forum
    db.session.flush()
    return forums


def load_threads(members, forums):
    """Each thread that a forum can hold, the newest last, spread over the weeks before today."""
    threads = [thread for thread in read("demo")["threads"] if thread["type"] not in LATER]
    for age, thread in enumerate(reversed(threads)):
        load_thread(
            thread, forums[thread["space"]], members, utcnow() - timedelta(days=1 + age * DAYS_BETWEEN_TOPICS)
        )


def load_talks(members, forums):
    """What is said in closed spaces, which demo.json has no threads for."""
    for item in read("extras")["talks"]:
        forum = next(forum for forum in forums.values() if forum.slug == item["forum"])
        words = {name: item[name] for name in ("title", "text", "kind", "language")}
        topic = forum.start_topic(members[item["author"]], **words)
        for key, language, text in item["replies"]:
            topic.post(members[key], text, language)
        backdate(topic, utcnow() - timedelta(days=2))
        translate_thread(item["id"], topic, members)


def load_added_threads(members, forums):
    """Those that stand whole in a file of their own, each as many days ago as it says."""
    for key in added_threads():
        thread = read(f"threads/{key}")["thread"]
        newest_at = utcnow() - timedelta(days=thread["days_ago"])
        load_thread({"id": key, **thread}, forums[thread["space"]], members, newest_at)


def load_thread(thread, forum, members, newest_at):
    opening, *replies = thread["posts"]
    themes = db.session.scalars(db.select(Theme).where(Theme.key.in_(thread["themes"])))
    topic = forum.start_topic(
        author_of(opening, members),
        thread["title"],
        opening["text"],
        kind=thread["type"],
        language=opening["lang"],
        themes=tuple(themes),
    )
    topic.instruments = thread["instruments"]
    posts = [topic.post(author_of(reply, members), reply["text"], reply["lang"]) for reply in replies]
    for reply, post in zip(replies, posts, strict=True):
        if reply.get("marked_helpful"):
            topic.mark_answer(post, topic.author)
    if thread["status"] == "summarised":
        topic.state = "summarised"
    backdate(topic, newest_at)
    translate_thread(thread["id"], topic, members)


def author_of(post, members):
    """The member behind a key; the closed circle's people are named only in extras.json."""
    return members[read("extras")["anonymous"].get(post["author"], post["author"])]


def backdate(topic, newest_at):
    query = db.select(Post).filter_by(topic_id=topic.id).order_by(Post.position.desc())
    posts = list(db.session.scalars(query))
    for age, post in enumerate(posts):
        post.posted_at, post.is_illustrative = newest_at - timedelta(hours=age * HOURS_BETWEEN_POSTS), True
    topic.last_posted_at, topic.created_at, topic.is_illustrative = newest_at, posts[-1].posted_at, True
    if topic.answer:
        topic.answer.marked_at = newest_at
