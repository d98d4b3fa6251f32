"""A form that was taken ends its draft, in the same unit of work: one place for all forms."""

from flask import Flask, Response, g, request

from cityexchange.core.web import me
from cityexchange.drafts.fields import copy_here, kept_of
from cityexchange.drafts.places import draft_places
from cityexchange.drafts.sent import SentDraft


def end_draft(response: Response) -> Response:
    """Nothing is asked of the database for a form that began with no draft."""
    if response.status_code == 303 and request.endpoint in draft_places and me().is_authenticated:
        copy = copy_here()
        if copy.number is not None and "was_sent" not in g:
            fields = kept_of(request.form.items(multi=True))
            SentDraft.note(me(), request.path, copy, fields, response.location or "")
    return response


def init_app(app: Flask) -> None:
    app.after_request(end_draft)
