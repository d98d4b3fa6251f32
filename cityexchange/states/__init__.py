"""Records that go from state to state: their ways, the row that remembers each step, what passes by the clock."""

from werkzeug.exceptions import Conflict

from cityexchange.core.errors import answer_error
from cityexchange.states.models import IllegalTransition


def refuse(_error):
    """Somebody else was faster, or it is not time for this step. Who could have known hears more: `Policy.ended`."""
    return answer_error(Conflict())


def init_app(app):
    app.register_error_handler(IllegalTransition, refuse)
