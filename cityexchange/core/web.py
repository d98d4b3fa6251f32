"""What every view leans on: the login wall, finding what may be seen, refusing what may not."""

from functools import partial
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import inspect
from werkzeug.exceptions import BadRequest, Forbidden, SecurityError, Unauthorized

from cityexchange.core import audit, audited, tallies, templates
from cityexchange.core.db import aftermath, db, rows
from cityexchange.core.origins import insist_on_own_origin
from cityexchange.core.policy import can, one_of, projected_one_of, what_has_ended
from cityexchange.core.projection import model_of
from cityexchange.core.registries import ended, member_pages

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
AUDITED = {400, 401, 403, 429}
csrf = CSRFProtect()


class StaleForm(BadRequest):
    """The form's token is missing, or belongs to another sign-in."""

    words = (
        _l("This form was open for too long"),
        _l(
            "Nothing was changed. Perhaps you signed in again meanwhile. Open the page once more and send it from there."
        ),
    )


class HasEnded(Forbidden):
    """No lack of a right: what the step belongs to has ended since the page came."""

    def __init__(self, notice, record):
        super().__init__()
        self.words = notice.title, notice.text
        self.way_back = notice.way(record), notice.way_words


def public(view):
    """Marks a view that visitors may call. Everything else is behind the login wall."""
    view.is_public = True
    return view


def open_to_programs(view):
    """Marks a view that other programs may post to, beside our pages: what they send is signed, which is their right to do it."""
    view.is_open_to_programs = True
    return csrf.exempt(view)


def find(model, id, *options, by=None):
    """The record, if the current member may see it; otherwise there is no such page (404).

    `by` names a unique column (a slug) in place of the key. Loader options that pages share are constants of their modules.
    """
    key = by if by is not None else inspect(model).primary_key[0]
    wanted = {**me().bind_values, "wanted": id}
    record = db.session.scalar(one_of(me(), model, key, options), wanted)
    return record if record is not None else _not_found(model, key == id)


def find_projected(projection, id, by=None, **bind_values):
    """As `find`, for pages that only read: the columns of `projection` (core/projection.py). `bind_values` are those of its own parameters."""
    key = by if by is not None else inspect(projection.model).primary_key[0]
    row = rows(
        projected_one_of(me(), projection, key), {**me().bind_values, **bind_values, "wanted": id}
    ).first()
    return projection.of(row) if row is not None else _not_found(projection.model, key == id)


def _not_found(model, condition):
    _note_hidden(model, condition)
    # A visitor hears the same of what is hidden and of what does not exist: sign in first.
    abort(404 if current_user.is_authenticated else unauthorized())


def _note_hidden(model, condition):
    """What may not be seen was asked for: worth a line in the audit, with its number.

    Threat: an answer that takes longer says that there is something. What is not there costs the same line, without a number.
    """
    key = inspect(model).primary_key[0]
    hidden = db.session.scalar(db.select(key).where(condition))
    _audit_later("see", model.__name__, hidden, 404)


def me():
    """The current member itself, not the proxy: safe to store and to compare."""
    return current_user._get_current_object()


def authorize(verb, record):
    """403 unless the policy of the record lets the current member do this; HasEnded where it did until something ended."""
    g.authorized = True
    if not can(me(), verb, record):
        _audit_later(verb, model_of(record).__name__, getattr(record, "id", None), 403)
        g.is_refusal_audited = True
        name = what_has_ended(me(), verb, record)
        raise HasEnded(ended[name], record) if name else Forbidden


def can_current(verb, record):
    return can(me(), verb, record)


def is_local(target):
    """Whether an address stays on this site: a path, nothing that a browser could read as a host."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and not any(ord(c) < 33 or c == "\\" for c in target)


def way_back(otherwise="/", target=None):
    """Where to go on: `next` of this address, or `target`, if that is ours, else `otherwise`. Threat: who makes a link says `next`."""
    target = request.args.get("next", "") if target is None else target
    return target if is_local(target) else otherwise


def see_other(endpoint, **values):
    """303: the form was taken, look there."""
    return redirect(url_for(endpoint, **values), 303)


def wants_json():
    """Whether the client asked for data rather than a page; no preference means a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def unauthorized():
    """At the wall: a page sends to sign-in, everything else hears 401."""
    wants_page = request.method in SAFE_METHODS and "HX-Request" not in request.headers and not wants_json()
    tallies.count("wall", 302 if wants_page else 401)
    g.is_refusal_audited = True
    if wants_page:
        here = request.full_path.rstrip("?")
        return redirect(url_for("members.sign_in", next=here if here != "/" else None))
    raise Unauthorized()


def keep_refusals(response):
    """A no is audited even though its unit of work is undone."""
    if response.status_code in AUDITED and not g.get("is_refusal_audited"):
        is_foreign = isinstance(request.routing_exception, SecurityError)
        verb = "foreign_host" if is_foreign else request.endpoint or "unknown"
        _audit_later(verb, None, None, response.status_code)


def _audit_later(verb, record_type, record_id, status):
    if (actor_id := me().id) is None:
        tallies.count(verb, status, record_type)
    else:
        # Names and numbers are taken now: by the time the deed is done the session has been rolled back.
        aftermath(partial(_write_refusal, verb, record_type, record_id, status, actor_id))


def _write_refusal(verb, record_type, record_id, status, actor_id):
    entry = audit.record(verb, outcome="refused", actor_id=actor_id, status=status)
    entry.record_type, entry.record_id = record_type, record_id


def _login_wall():
    view = current_app.view_functions.get(request.endpoint or "")
    if view and request.endpoint != "static" and not getattr(view, "is_public", False):
        if not current_user.is_authenticated:
            return unauthorized()


def _insist_on_own_form():
    """After the wall: a visitor hears of it first. What no page of ours sent, or an old one, changes nothing."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or view is None or getattr(view, "is_open_to_programs", False):
        return
    insist_on_own_origin()
    if current_app.config["WTF_CSRF_ENABLED"]:
        _insist_on_token()


def _insist_on_token():
    try:
        csrf.protect()
    except CSRFError as problem:
        raise StaleForm from problem


def _insist_on_authorization(response):
    """In tests, a view that changes things without asking a policy is an error, not a review remark."""
    changed = request.method not in SAFE_METHODS and response.status_code < 400
    view = current_app.view_functions.get(request.endpoint or "")
    if current_app.testing and changed and current_user.is_authenticated:
        if not g.get("authorized") and not getattr(view, "is_public", False):
            raise AssertionError(f"{request.endpoint} changed something without authorize()")
    return response


def init_app(app):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # asked for below, after the wall
    csrf.init_app(app)
    app.before_request(_login_wall)
    app.before_request(_insist_on_own_form)
    app.after_request(_insist_on_authorization)
    tallies.init_app(app)
    if app.testing:
        audited.watch()
    app.jinja_env.globals.update(
        can=can_current, has_endpoint=lambda name: name in app.view_functions, member_pages=member_pages
    )
    app.context_processor(lambda: {"me": me()})
    templates.init_app(app)
