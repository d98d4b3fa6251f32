"""Sign-in stands on Flask-Security for passwords and on Flask-Login for the request; the session is our own row.

Flask-Security's pages, roles and confirmation links are not used: its confirmation works by GET (mail
scanners follow links) and its datastore commits by itself.
"""

from functools import partial

from flask import current_app, g, request, session
from flask_login import current_user, login_user, logout_user
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.utils import hash_password, verify_and_update_password
from sqlalchemy import bindparam
from sqlalchemy.orm import contains_eager, joinedload

from cityexchange.core.db import aftermath, db, utcnow
from cityexchange.core.threads import aside
from cityexchange.core.web import SAFE_METHODS
from cityexchange.members.models import Member, Seat, SignInSession, Visitor, digest_of
from cityexchange.members.reader import reader_with

COOKIE_KEY = "sign_in"
SEEN_EVERY = 600
"""Seconds between two notes of when a member was last here."""


class Datastore(SQLAlchemyUserDatastore):
    def commit(self):
        """Only the unit of work commits."""
        self.db.session.flush()


def load(uniquifier):
    """The member of the sign-in session that the cookie names, or None once it has ended; a page that only reads gets what `READER` sees of it."""
    if not (secret := session.get(COOKIE_KEY)):
        return None
    member = _reader(secret) if _only_reads() else _record(secret)
    return member if member and member.fs_uniquifier == uniquifier and member.active else None


def _only_reads():
    """Of a line's events the request knows only how the line was opened: they get the record."""
    return request.method in SAFE_METHODS and not hasattr(request, "sid")


def _reader(secret):
    if reader := reader_with(digest_of(secret)):
        _note_session(reader.sign_in_id, reader.sign_in_seen_at)
    return reader


def _record(secret):
    if signed_in := db.session.scalar(LIVING, {"digest": digest_of(secret)}):
        g.sign_in_session = signed_in
        _note_session(signed_in.id, signed_in.seen_at)
        return signed_in.member


def _note_session(id, seen_at):
    g.sign_in_id = id
    if (utcnow() - seen_at).total_seconds() > SEEN_EVERY:
        aftermath(partial(note_seen, id))


LIVING = (
    db.select(SignInSession)
    .join(SignInSession.member)
    .where(SignInSession.digest == bindparam("digest"), SignInSession.ended_at.is_(None))
    .options(contains_eager(SignInSession.member).joinedload(Member.seat).joinedload(Seat.city))
)


def note_seen(session_id):
    if signed_in := db.session.get(SignInSession, session_id, options=[joinedload(SignInSession.member)]):
        signed_in.seen_at = utcnow()
        signed_in.member.begin_visit()


def verified_member(email, password):
    """The active member with this address and password, or None; takes as long either way."""
    found = db.session.execute(
        db.select(Member.id, Member.password).where(
            Member.email == email.strip().lower(), Member.state == "active"
        )
    ).first()
    known = found.password if found and found.password else current_app.extensions["nobodys_password"]
    is_right = aside(_matches, current_app._get_current_object(), password, known)
    return db.session.get(Member, found.id) if found and is_right else None


def _matches(app, password, known):
    # A stand-in carries the hash, so that no row is touched outside the event loop.
    with app.app_context():
        return verify_and_update_password(password, _Holder(known))


class _Holder:
    def __init__(self, password):
        self.password = password


def sign_in(member, device=""):
    """A fresh session under a fresh secret: what the browser carried before is worth nothing."""
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    _, session[COOKIE_KEY] = SignInSession.begin(member, device)
    member.begin_visit()
    login_user(member)


def sign_out():
    """Ends the row behind the cookie: the cookie and every open line are dead from here."""
    if current_user.is_authenticated:
        g.sign_in_session.end()
    logout_user()
    session.clear()


def device_in_words(agent):
    """Browser and system by their names, as far as the browser says them: "Firefox, Windows"."""
    browsers = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
    named = (next((name for name in names if name in agent), "") for names in (browsers, systems))
    return ", ".join(filter(None, named)).replace("Edg", "Edge").replace("OPR", "Opera")


def init_app(app):
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
    Security(app, Datastore(db, Member, None), register_blueprint=False)
    app.login_manager.user_loader(load)
    app.login_manager.anonymous_user = Visitor
    app.login_manager.session_protection = None
    with app.app_context():
        app.extensions["nobodys_password"] = hash_password("nobody's password")
