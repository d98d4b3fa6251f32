"""An answer from a mail, without signing in: a page with one button. Whoever only follows links, or fills forms by itself, changes nothing.

Threat: scanners of mail open every link, and some send the forms that they find there (practice.md 5, E-mail first). What a person
presses is sent with the name of the button; browsers say besides that somebody pressed.
"""

from flask import abort, render_template, request, session
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from cityexchange.core.db import db
from cityexchange.core.policy import can, is_visible
from cityexchange.core.web import me, public, see_other
from cityexchange.digest import answering
from cityexchange.digest.limits import ANSWERS
from cityexchange.digest.models import Digest, DigestAnswer
from cityexchange.digest.tokens import PressIsOver, read_token
from cityexchange.digest.views.blueprint import bp
from cityexchange.forums.models import Topic

PRESSED = "pressed"


class PressEnded(NotFound):
    """The same of all that is no more: a link says nothing of a question that its member may not read."""

    words = (
        _l("This link answers nothing any more"),
        _l(
            "The question has been answered, has gone or is no longer open to you, or the letter is older than a month."
            " Nothing was changed. Sign in to see what waits for you this week."
        ),
    )


@bp.get("/answers/<token>")
@public
def show_press(token):
    return render_press(token, *find_press(token))


@bp.post("/answers/<token>")
@public
def press(token):
    member, answer = find_press(token)
    if not is_pressed():
        return render_press(token, member, answer), 422
    ANSWERS.spend(member.id)
    answering.give(answer)
    return see_other(".show_press", token=token)


@bp.post("/answers/<token>/take-back")
@public
def take_press_back(token):
    member, answer = find_press(token)
    given = DigestAnswer.on(member.id, answer.topic_id)
    if given and is_pressed():
        ANSWERS.spend(member.id)
        answering.take_back(given)
    return see_other(".show_press", token=token)


def is_pressed():
    """By somebody's hand: a form that sends itself names no button, and browsers then leave out who began it."""
    is_by_itself = (
        request.headers.get("Sec-Fetch-Mode") == "navigate" and "Sec-Fetch-User" not in request.headers
    )
    return PRESSED in request.form and not is_by_itself


def find_press(token):
    """The member and the answer that this link may give today; PressEnded where anything of it is no more."""
    try:
        found = read_token(token) or abort(404)
    except PressIsOver:
        raise PressEnded from None
    digest = db.session.get(Digest, found.digest_id)
    topic = db.session.get(Topic, found.topic_id)
    if digest is None or topic is None or digest.member_id != found.member_id or not digest.member.active:
        raise PressEnded
    if topic.forum.space.is_closed:
        raise PressEnded  # what is said in confidence is shown to who signs in
    answer = DigestAnswer.of(digest.member, topic, found.answer)
    if not is_visible(digest.member, topic) or not can(digest.member, "give", answer):
        raise PressEnded
    return digest.member, answer


def render_press(token, member, answer):
    given = DigestAnswer.on(member.id, answer.topic_id)
    context = {
        "token": token,
        "member": member,
        "topic": answer.topic,
        "answer": answer.answer,
        "given": given,
    }
    if me().is_authenticated or "lang" in session:
        return render_template("digest/press.html", **context)
    with force_locale(member.locale):
        return render_template("digest/press.html", **context)
