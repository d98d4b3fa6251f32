"""What we say when something does not work: plain words and a next step, as a page, a fragment or JSON."""

from datetime import datetime, timedelta

from flask import current_app, jsonify, render_template, request
from flask_babel import format_timedelta, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from cityexchange.core.db import utcnow
from cityexchange.core.kept import typed
from cityexchange.core.origins import page_to_return_to
from cityexchange.core.web import StaleForm, wants_json

GIVEN_BACK = {401, 403, 404, 409, 413, 422, 500}
"""Refusals that sending again would not change: what was typed is shown to be copied."""
RESENT = {429, 503, 507}
"""Refusals that a little time changes."""
WORDS = {
    400: (
        _l("We could not read that request"),
        _l("The form may have been open for too long. Go back, reload the page and send it again."),
    ),
    401: (
        _l("Please sign in"),
        _l("This part is for members. Sign in to go on."),
    ),
    403: (
        _l("You cannot do that here"),
        _l(
            "Your role does not allow this step. If you think it should, ask a facilitator or the coordination team."
        ),
    ),
    404: (
        _l("There is no such page for you"),
        _l(
            "It may have moved, or it is open to other members only. Check the address or start from the list of cities."
        ),
    ),
    405: (
        _l("That step does not work this way"),
        _l("Go back to the page you came from and use its buttons."),
    ),
    409: (
        _l("Somebody else was faster"),
        _l(
            "This changed while you were looking at it. Reload the page to see how it stands now, then try again."
        ),
    ),
    413: (
        _l("That is too big"),
        _l("Please send a smaller file, or split it into parts."),
    ),
    422: (
        _l("Something in the form needs another look"),
        _l("Go back to the form. What you typed is still there; the points to mend are marked."),
    ),
    429: (
        _l("That was very fast"),
        _l("To keep the site quick for everybody we ask for a short break before you try again."),
    ),
    500: (
        _l("Something went wrong on our side"),
        _l("It is not your fault, and we have a record of it. Please try again in a few minutes."),
    ),
    503: (
        _l("We are busy for a moment"),
        _l("Please try again in a minute. Nothing that you saved is lost."),
    ),
}


def words_for(code):
    return WORDS.get(code) or WORDS[500 if code >= 500 else 400]


def seconds_to_wait(error):
    """Seconds until a retry makes sense, or None. Werkzeug allows a number of seconds or a moment."""
    wait = getattr(error, "retry_after", None)
    if isinstance(wait, datetime):
        wait = max(1, int((wait - utcnow()).total_seconds()))
    return wait


def _wait_in_words(seconds):
    if seconds:
        wait = format_timedelta(timedelta(seconds=seconds), threshold=1.2)
        return _("You can try again in %(time)s.", time=wait)


def answer_error(error):
    if error.response is not None or error.code < 400:
        return error
    title, text = getattr(error, "words", None) or words_for(error.code)
    seconds = seconds_to_wait(error)
    context = {"code": error.code, "title": str(title), "text": str(text), "wait": _wait_in_words(seconds)}
    may_resend = error.code in RESENT or isinstance(error, StaleForm)
    kept = typed() if may_resend or error.code in GIVEN_BACK else None
    context |= {"typed": kept, "may_resend": may_resend and kept is not None and kept.is_whole}
    context |= {
        "way_back": getattr(error, "way_back", None),
        "page_before": page_to_return_to() if error.code == 401 else None,
    }
    response = error.get_response()
    response.data, response.mimetype = _body(context, seconds, getattr(error, "is_plain", False))
    return response


def _body(context, seconds, is_plain):
    if wants_json():
        refusal = {"ok": False, "status": context["code"], "title": context["title"], "text": context["text"]}
        return jsonify(refusal | ({"retry_after": seconds} if seconds else {})).data, "application/json"
    is_part = "HX-Request" in request.headers
    if isinstance(request.routing_exception, SecurityError):
        return _draw_plainly(context), "text/html"  # under a foreign host name no address can be built
    if is_plain:
        return _draw_plainly(
            context, "errors/_fragment.html" if is_part else "errors/plain.html"
        ), "text/html"
    return _draw("errors/_fragment.html" if is_part else "errors/error.html", context), "text/html"


def _draw(template, context):
    try:
        return render_template(template, **context)
    except Exception:
        # The page's frame reads the member and may be what is broken: a page without a frame still says what to do.
        if context["code"] < 500:
            raise
        return _draw_plainly(context)


def _draw_plainly(context, template="errors/plain.html"):
    """Without what pages are told besides, for that reads the member too."""
    plain = current_app.jinja_env.get_template(template)
    return plain.render(language=str(get_locale() or "en"), **context)


def answer_crash(error):
    return answer_error(error if isinstance(error, HTTPException) else InternalServerError())


def init_app(app):
    app.register_error_handler(HTTPException, answer_error)
    app.register_error_handler(500, answer_crash)
