"""A press that is asked about first: by a script in the page (static/js/features/ui/confirm.js), which then leaves the question out of
what is sent, or, where none has come to work, by a page in between."""

from flask import Flask, g, render_template, request

from cityexchange.core.origins import page_before
from cityexchange.core.web import SAFE_METHODS

FIELD = "question_first"
"""In the forms of `post_button(confirm=...)`: the words of the question, as long as it was not answered."""


def _ask_first():
    """After the wall and the token: only a page of ours asks. The answer sends everything else, and meets the view."""
    question = "" if request.method in SAFE_METHODS else request.form.get(FIELD, "")
    if not question:
        return None
    g.authorized = True  # nothing is changed
    kept = [
        (name, value) for name, value in request.form.items(multi=True) if name not in (FIELD, "csrf_token")
    ]
    return render_template(
        "layouts/question.html",
        question=question,
        kept=kept,
        action=request.full_path.rstrip("?"),
        page_before=page_before() or "/",
    )


def init_app(app: Flask) -> None:
    app.before_request(_ask_first)
