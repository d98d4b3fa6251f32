"""Sign-in stands on Flask-Security for passwords and on Flask-Login for the request; the session is our own row.

Flask-Security's pages, roles and confirmation links are not used: its confirmation works by GET (mail
scanners follow links) and its datastore commits by itself.
"""

from functools import partial
from secrets import token_bytes

from flask import after_this_request, current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.utils import hash_password, verify_and_update_password
from sqlalchemy import bindparam
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import Forbidden

from cityexchange.core.addresses import compared_address
from cityexchange.core.db import aftermath, db, utcnow
from cityexchange.core.form_tokens import begin_tokens
from cityexchange.core.limits import caller
from cityexchange.core.policy import can
from cityexchange.core.prepared import prepared
from cityexchange.core.threads import run_in_thread
from cityexchange.core.web import SAFE_METHODS
from cityexchange.members.factors import has_second_factor
from cityexchange.members.models import Member, Seat, SignInSession, Visitor, digest_of
from cityexchange.members.notices import tell
from cityexchange.members.reader import reader_with

COOKIE_KEY = "sign_in"
ENROLMENT = {
    "members.edit_sign_in", "members.new_authenticator", "members.create_authenticator", "members.draw_authenticator",
    "members.confirm_authenticator", "members.ask_new_passkey", "members.create_passkey", "members.sign_out",
}  # fmt: skip
"""All that is open, lines included, to whoever has still to set up a second factor."""
SEEN_EVERY = 600
"""Seconds between two notes of when a member was last here."""


class Datastore(SQLAlchemyUserDatastore):
    def commit(self):
        """Only the unit of work commits."""
        self.db.session.flush()


def load(uniquifier):
    """The member of the sign-in session that the cookie names, or None once it has ended; a page that only reads gets the row of `members/reader.py`."""
    if not (secret := session.get(COOKIE_KEY)):
        return None
    member = _reader(secret) if _only_reads() else _record(secret)
    if not (member and member.fs_uniquifier == uniquifier and member.active):
        return None
    g.must_enrol = must_enrol(member)
    return member if not g.must_enrol or request.endpoint in ENROLMENT else None


def _only_reads():
    """Of a line's events the request knows only how the line was opened: they get the record."""
    return request.method in SAFE_METHODS and not hasattr(request, "sid")


def _reader(secret):
    if reader := reader_with(digest_of(secret)):
        _note_session(reader.sign_in_id, reader.sign_in_seen_at)
    return reader


def _record(secret):
    if signed_in := db.session.scalar(_living(), {"digest": digest_of(secret)}):
        g.sign_in_session = signed_in
        _note_session(signed_in.id, signed_in.seen_at)
        return signed_in.member


def _note_session(id, seen_at):
    g.sign_in_id = id
    if (utcnow() - seen_at).total_seconds() > SEEN_EVERY:
        aftermath(partial(note_seen, id))


@prepared
def _living():
    with_member = contains_eager(SignInSession.member).joinedload(Member.seat).joinedload(Seat.city)
    sessions = db.select(SignInSession).join(SignInSession.member).options(with_member)
    return sessions.where(SignInSession.digest == bindparam("digest"), SignInSession.ended_at.is_(None))


def note_seen(session_id):
    if signed_in := db.session.get(SignInSession, session_id, options=[joinedload(SignInSession.member)]):
        signed_in.seen_at = utcnow()
        signed_in.member.begin_visit()


def verified_member(email, password):
    """Whose address and password these are, active or suspended, or None; takes as long either way."""
    found = db.session.execute(
        db.select(Member.id, Member.password).where(
            Member.email == compared_address(email), Member.state.in_(("active", "locked"))
        )
    ).first()
    known = found.password if found and found.password else current_app.extensions["nobodys_password"]
    is_right = run_in_thread(_matches, current_app._get_current_object(), password, known)
    return db.session.get(Member, found.id) if found and is_right else None


def _matches(app, password, known):
    # A stand-in carries the hash, so that no row is touched outside the event loop.
    with app.app_context():
        return verify_and_update_password(password, _Holder(known))


def hashed(password):
    """As it is stored. Slow on purpose, so beside the event loop, and before the unit's first change: see `run_in_thread`."""
    return run_in_thread(_hash, current_app._get_current_object(), password)


def _hash(app, password):
    with app.app_context():
        return hash_password(password)


class _Holder:
    def __init__(self, password):
        self.password = password


def must_enrol(member):
    """Whether the member's role asks for a second factor that is not there (not where things are tried out)."""
    is_asked = current_app.config["IS_SECOND_FACTOR_ASKED"]
    return is_asked and not can(member, "go_without_second_factor", member) and not has_second_factor(member)


def sign_in(member, device=""):
    """A fresh session under a fresh secret: what the browser carried before is worth nothing."""
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    begin_tokens(member.id)
    tell_of_new_device(member, device)
    _, session[COOKIE_KEY] = SignInSession.begin(member, device, caller())
    member.begin_visit()
    login_user(member)


def tell_of_new_device(member, device):
    """A mail for a browser that has not been seen before; not for the first of all."""
    mine = db.select(SignInSession.device).filter_by(member_id=member.id).distinct()
    known = set(db.session.scalars(mine))
    if known and device not in known:
        tell(member, "new_sign_in", device=device)


def sign_out():
    """Ends the row behind the cookie: the cookie and every open line are dead from here."""
    if current_user.is_authenticated:
        g.sign_in_session.end()
    logout_user()
    session.clear()
    after_this_request(_forget_all)


def _forget_all(response):
    """Many use one computer: what the browser kept of words that were typed goes with the member."""
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def device_in_words(agent):
    """Browser and system by their names, as far as the browser says them: "Firefox, Windows"."""
    browsers = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
    named = (next((name for name in names if name in agent), "") for names in (browsers, systems))
    return ", ".join(filter(None, named)).replace("Edg", "Edge").replace("OPR", "Opera")


def _lead_to_enrolment():
    """In place of the wall: who has only the first proof goes on to the second, whatever page was asked for."""
    endpoint = request.endpoint or "static"
    if endpoint in ENROLMENT or endpoint.startswith(("static", "core_health")):
        return None
    if not current_user.is_authenticated and g.get("must_enrol"):
        if request.method in SAFE_METHODS:
            return redirect(url_for("members.edit_sign_in"))
        raise Forbidden


def init_app(app):
    # Before the login wall, which would send to the page of signing in.
    app.before_request_funcs.setdefault(None, []).insert(0, _lead_to_enrolment)
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SINGLE_HASH=True,
        SECURITY_PASSWORD_SALT="unused-with-argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
    )
    security = Security(app, Datastore(db, Member, None), register_blueprint=False)
    app.login_manager.user_loader(load)
    app.login_manager.anonymous_user = Visitor
    app.login_manager.session_protection = None
    app.extensions["nobodys_password"] = _nobodys_password(security.pwd_context)


def _nobodys_password(hashes):
    """As a member's is stored, and as dear to compare with. Drawn by lot: to make one of a password would cost each start what it costs a guess."""
    return hashes.handler()(use_defaults=True, checksum=token_bytes(32)).to_string()
