"""Live chat: rooms of a space, and what is said in them."""

from cityexchange.chat import ended, followed, mine, panels, policy, receivers, sockets, views
from cityexchange.chat.reading import page_around
from cityexchange.core.registries import meetings, mine_parts, space_panels, start_panels
from cityexchange.members.naming import unnamed

__all__ = ["policy", "receivers", "sockets"]


def init_app(app):
    app.register_blueprint(views.bp)
    app.jinja_env.filters["page_around"] = page_around
    ended.init_app()
    unnamed.add("Message", lambda message: message.room.space.hides_names)
    followed.init_app()
    meetings.add("chat", policy.speaks_where)
    mine_parts.add("rooms", mine.rooms_visited, order=70)
    start_panels.add("rooms", panels.rooms_with_news, order=40)
    space_panels.add("rooms", panels.rooms_of_space, order=40)
