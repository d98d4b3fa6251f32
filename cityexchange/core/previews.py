"""A text in Markdown as it will be read, before it is taken. Nothing of it is kept.

A form that is sent by its button "Preview" names the field: it is not taken, and comes back as it was, with the text above it.
A script asks for the text alone, by the same renderer and the same limit.
"""

from typing import Any, NamedTuple

from flask import Blueprint, Flask, Response, g, render_template, request
from flask_login import current_user
from markupsafe import Markup

from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.text import render

FIELD = "preview"
"""The button's name; its value is the field's."""
PREVIEWS = Limit("preview", most=60, seconds=60, each=MEMBER, store=PROCESS)
bp = Blueprint("previews", __name__)


class Preview(NamedTuple):
    form: Any
    label: str
    html: Markup


@bp.post("/preview")
def show_preview() -> str:
    """Of `text`: a part of a page."""
    g.authorized = True  # nothing is changed
    return drawn(request.form.get("text", ""))


def drawn(text: str) -> Markup:
    PREVIEWS.spend(current_user.id)
    return Markup(render_template("ui/preview.html", html=render(text)))


class Previewing:
    """A form whose texts can be looked at."""

    def validate(self: Any, extra_validators: Any = None) -> bool:
        """False without an error where it was sent for a look at one field, which is in order."""
        if (field := self.looked_at()) is None:
            return super().validate(extra_validators)  # type: ignore[misc]
        if field.validate(self):
            g.authorized = True  # nothing is changed
            g.preview = Preview(self, field.label.text, drawn(field.data or ""))
        return False

    def looked_at(self: Any) -> Any:
        name = request.form.get(FIELD) if request and self.is_submitted() else None
        return next((field for field in self if field.name == name and field.flags.markdown), None)


def is_shown() -> bool:
    return "preview" in g


def shown_above(form: Any) -> Preview | None:
    """For templates: what is to be seen above this very form."""
    preview = g.get("preview")
    return preview if preview and preview.form is form else None


def _answer_well(response: Response) -> Response:
    """The form comes back, and nobody did anything wrong."""
    if is_shown() and response.status_code == 422:
        response.status_code = 200
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.after_request(_answer_well)
    app.jinja_env.globals["shown_above"] = shown_above
