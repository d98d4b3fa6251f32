from flask import Blueprint, abort

from cityexchange.visits.models import IllegalTransition

bp = Blueprint("visits", __name__)


@bp.errorhandler(IllegalTransition)
def refuse_illegal_transition(error):
    """Somebody else was faster, or it is not time for this step."""
    abort(409)
