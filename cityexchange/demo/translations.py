"""What is there in six languages: what the house says (its spaces, forums and rooms, the notes of a workshop), and threads.

data/threads holds a file for each thread: {"translations": {language: {"title", "posts"}}}, where null stands for what is in
that language already; where few see the thread, "by" is one of them.
"""

from cityexchange.chat.models import Room
from cityexchange.core.db import db
from cityexchange.demo.content import read
from cityexchange.forums.models import Forum, Post
from cityexchange.languages.models import translate
from cityexchange.spaces.models import Space

KEYS = {Space: "slug", Forum: "slug", Room: "name"}
WRITE = ("works", "fluent")
"""How well members know the languages they translate into."""


def translate_ui_names(author):
    for model, key in KEYS.items():
        known = read("translations")[model.__tablename__]
        for record in db.session.scalars(db.select(model)):
            translate_all(record, known[getattr(record, key)], author)


def translate_all(record, languages, author):
    """`languages`: {language: {field: words}}"""
    for language, words in languages.items():
        for field, text in words.items():
            translate(record, field, language, text, "human", author)


def translate_thread(key, topic, members):
    """By members who write the language, as they would on its page."""
    posts = db.session.scalars(db.select(Post).filter_by(topic_id=topic.id).order_by(Post.position)).all()
    for language, item in read(f"threads/{key}")["translations"].items():
        texts = [(topic, "title", item["title"])]
        texts += [(post, "text", text) for post, text in zip(posts, item["posts"], strict=True)]
        for record, field, text in texts:
            if text:
                author = members[item.get("by") or translator(record, language, members)]
                translate(record, field, language, text, "human", author)


def translator(record, language, members):
    """Who writes the language and reads the original; its English, where nobody does."""
    writers = [key for key in read("extras")["translators"] if members[key].languages.get(language) in WRITE]
    readers = [key for key in writers if record.language in members[key].languages]
    return (readers or [key for key in writers if "en" in members[key].languages])[0]
