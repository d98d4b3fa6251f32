"""What is said in forums, in the languages of its readers.

data/threads holds a file for each thread: {"translations": {language: {"title", "posts"}}}, where null stands for what is in
that language already; where few see the thread, "by" is one of them.
"""

from cityexchange.core.db import db
from cityexchange.demo.content import read
from cityexchange.forums.models import Post
from cityexchange.languages.models import translate

WRITE = ("works", "fluent")
"""How well members know the languages they translate into."""


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
