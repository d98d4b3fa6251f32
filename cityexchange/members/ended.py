"""What is said to who decides about a request for a place that was decided, or became needless, meanwhile."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Ended, ended

WORDS = {
    "join_decided": (
        _l("This request was decided meanwhile"),
        _l(
            "A colleague was faster, or you pressed twice. Nothing was changed; the request says what became of it."
        ),
    ),
    "join_has_account": (
        _l("This person has an account meanwhile"),
        _l(
            "They came in by another way, so this request gives no second place. Decline it with a word, or invite them from the desk of the city."
        ),
    ),
    "join_has_city": (
        _l("The city is known meanwhile"),
        _l("A colleague was faster, or it takes part by now. Look at the request again."),
    ),
}


def way(request):
    return url_for("members.show_join_request", id=request.id)


def init_app():
    for name, words in WORDS.items():
        ended.add(name, Ended(*words, way, _l("Back to the request")))
