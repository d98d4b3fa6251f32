"""Forums: where an official asks, and cities that have been there answer."""

from cityexchange.core.files import file_owners
from cityexchange.core.registries import (
    city_panels,
    meetings,
    member_panels,
    mine_parts,
    open_tasks,
    space_panels,
    start_panels,
    theme_panels,
)
from cityexchange.forums import (  # noqa: F401
    bookmarks,
    drafts,
    ended,
    followed,
    labels,
    mine,
    panels,
    policy,
    receivers,
    sockets,
    translating,
    views,
    waits,
)
from cityexchange.forums.models import Post
from cityexchange.languages.beside import below_title
from cityexchange.languages.waiting import translated_at
from cityexchange.members.naming import unnamed


def init_app(app):
    labels.init_app(app)
    ended.init_app()
    bookmarks.init_app()
    followed.init_app()
    drafts.init_app()
    waits.init_app()
    file_owners.add("Post", Post)
    translated_at.add("Topic", translating.page_into)
    unnamed.add("Topic", lambda topic: topic.forum.space.hides_names)
    unnamed.add("Post", lambda post: post.topic.forum.space.hides_names)
    below_title.add("Topic", translating.texts_below)
    meetings.add("forums", policy.writes_where)
    app.register_blueprint(views.bp)
    member_panels.add("forums", panels.talks_of_member, order=60)
    mine_parts.add("topics", mine.topics_begun, order=20)
    start_panels.add("forums.new", panels.new_for_me, order=20)
    city_panels.add("forums", panels.talks_of_city, order=30)
    theme_panels.add("forums.answered", panels.answers_on_theme, order=10)
    theme_panels.add("forums", panels.talks_on_theme, order=20)
    space_panels.add("forums", panels.forums_of_space, order=10)
    open_tasks.add("questions", panels.questions_of, order=20)
