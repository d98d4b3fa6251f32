"""The table of contents: what the application is made of, in the order it is put together."""

from flask import Flask, g, request
from werkzeug.exceptions import HTTPException

from cityexchange import (
    admin,
    archive,
    bookmarks,
    chat,
    cities,
    core,
    demo,
    drafts,
    events,
    follows,
    forums,
    home,
    identity,
    languages,
    members,
    membership,
    notifications,
    organisations,
    spaces,
    states,
    themes,
    visits,
    workshops,
)
from cityexchange.core import outages, previews
from cityexchange.core.commands import Commands
from cityexchange.core.db import unit_of_work
from cityexchange.core.large_forms import part_of
from cityexchange.core.logs import begin, log
from cityexchange.core.web import SAFE_METHODS, keep_refusals

FEATURES = (
    themes,
    languages,
    states,
    cities,
    organisations,
    members,
    bookmarks,
    drafts,
    follows,
    membership,
    identity,
    spaces,
    forums,
    chat,
    events,
    workshops,
    visits,
    notifications,
    home,
    admin,
    archive,
    demo,
)


class CityExchange(Flask):
    def __init__(self, *names, **folders):
        super().__init__(*names, **folders)
        self.cli = Commands(self)

    def log_exception(self, exc_info):
        """By the endpoint: in the path may stand what is the caller's alone, the token of a mail."""
        log.error(
            "request failed", request_id=g.get("request_id"), endpoint=request.endpoint, exc_info=exc_info
        )

    def full_dispatch_request(self):
        begin()
        try:
            return self.dispatch_in_unit()
        except Exception as error:
            if (outage := outages.outage_of(error)) is None:
                raise
            return outages.answer(self, outage, error)

    def dispatch_in_unit(self):
        """Return commits, raise rolls back, and so does an answer that says no."""
        is_writing = request.method not in SAFE_METHODS
        if is_writing:
            # The body is read before the writer's lock is taken, never inside it. One that is too large is refused (413) when it is asked
            # for again, where errors become pages.
            try:
                _ = request.form
            except HTTPException:
                g.part_of_form = part_of(request)
        with unit_of_work(writing=is_writing) as work:
            response = super().full_dispatch_request()
            if response.status_code >= 400 or previews.is_shown():
                keep_refusals(response)
                work.undo()
        return response


def create_app(config):
    app = CityExchange("cityexchange", template_folder=config.TEMPLATE_FOLDER, static_folder=None)
    app.config.from_object(config)
    core.init_app(app)
    for feature in FEATURES:
        feature.init_app(app)
    return app
