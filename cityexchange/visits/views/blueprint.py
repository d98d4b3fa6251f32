from flask import Blueprint, current_app
from werkzeug.exceptions import Conflict

from cityexchange.visits.models import IllegalTransition

bp = Blueprint("visits", __name__)


@bp.errorhandler(IllegalTransition)
def refuse_illegal_transition(error):
    """Somebody else was faster, or it is not time for this step."""
    return current_app.handle_user_exception(Conflict())
