"""What takes long to read in a form is read beside the event loop before the view is called, whose checks and changes need it.

After the wall and the token, so that it is known whose it is: a member counts for itself, not for the town hall around it.
"""

from flask import Flask, g, request
from flask_login import current_user

from cityexchange.core.limits import caller
from cityexchange.core.text import heavy, read_ahead
from cityexchange.core.web import SAFE_METHODS


def _read_heavy_texts() -> None:
    """A form that is too large is refused when its view asks for it; what leads nowhere is not read."""
    if request.method not in SAFE_METHODS and request.endpoint and "part_of_form" not in g:
        read_ahead(request.form.values(), current_user.id if current_user.is_authenticated else caller())


def init_app(app: Flask) -> None:
    app.before_request(_read_heavy_texts)
    app.teardown_request(heavy.leave)
