"""Forums: boards of topics in a space."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db
from cityexchange.core.versions import Versioned
from cityexchange.forums.models.counting import count, lock
from cityexchange.forums.models.posts import Post
from cityexchange.forums.models.topics import Topic
from cityexchange.forums.signals import topic_started
from cityexchange.languages.models import Translatable
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space
from cityexchange.themes.models import Theme


class Forum(Translatable, Versioned, db.Model):
    """A board of topics; its space decides who reads and writes. The slug is unique on the site."""

    translated_fields = ("name", "description")
    is_ui_name = True

    __tablename__ = "forums"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    position: Mapped[int] = mapped_column(default=0)
    topic_count: Mapped[int] = mapped_column(default=0)
    post_count: Mapped[int] = mapped_column(default=0)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    space: Mapped[Space] = relationship()

    def start_topic(
        self,
        author: Member,
        title: str,
        text: str,
        kind: str = "discussion",
        language: str | None = None,
        themes: tuple[Theme, ...] = (),
        nonce: str | None = None,
        is_official: bool = False,
    ) -> Topic:
        """The new topic with its opening post; the topic it already made, when the same nonce comes again."""
        lock(self)
        if known := Post.sent_before(author, nonce):
            return known.topic
        pen_name = self.space.pen_name_of(author)
        topic = Topic(forum=self, author=author, author_city=author.city, kind=kind, title=title)
        topic.pen_name = pen_name
        topic.themes = list(themes)
        db.session.add(topic)
        db.session.flush()
        topic.language = topic.post(author, text, language, nonce, is_official).language
        count(self, {"topic_count": 1})
        topic_started.send(topic=topic)
        return topic
