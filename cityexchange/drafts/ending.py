"""A form that was taken ends its draft, in the same unit of work: one place for all forms."""

from flask import Flask, Response, request

from cityexchange.core.web import me
from cityexchange.drafts.fields import MARK, writer_here
from cityexchange.drafts.models import Draft
from cityexchange.drafts.places import draft_places


def end_draft(response: Response) -> Response:
    """Nothing is asked of the database for a form that began with no draft."""
    if response.status_code == 303 and request.endpoint in draft_places and me().is_authenticated:
        if mark := request.form.get(MARK, ""):
            Draft.end(me(), request.path, mark, writer_here())
    return response


def init_app(app: Flask) -> None:
    app.after_request(end_draft)
