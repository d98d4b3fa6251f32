"""Workshops: announced by organisers, registered for by officials, never one place too many."""

from cityexchange.core.registries import city_panels, mine_parts, space_panels, start_panels, theme_panels
from cityexchange.languages.labels import field_words
from cityexchange.workshops import (  # noqa: F401
    amended,
    below,
    bookmarks,
    clock,
    drafts,
    ended,
    filters,
    history,
    labels,
    mine,
    panels,
    policy,
    reading,
    receivers,
    views,
    waits,
)


def init_app(app):
    app.register_blueprint(views.bp)
    ended.init_app()
    below.init_app()
    waits.init_app()
    bookmarks.init_app()
    drafts.init_app()
    app.jinja_env.globals.update(workshop_words=labels, workshop_choices=filters.choices)
    for field, words in labels.FIELDS.items():
        field_words.add(field, words)
    app.jinja_env.filters["workshop_title_for"] = reading.title_for_mail
    app.jinja_env.filters["workshop_amended_by"] = history.amendment_for_mail
    app.jinja_env.filters["amended_in_words"] = amended.in_words
    clock.init_app()
    city_panels.add("workshops", panels.on_city, order=30)
    space_panels.add("workshops", panels.on_space, order=30)
    theme_panels.add("workshops", panels.on_theme, order=30)
    mine_parts.add("registrations", mine.registrations, order=50)
    start_panels.add("workshops", panels.on_start, order=30)
