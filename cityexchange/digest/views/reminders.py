"""To be reminded of a deadline, from the page and from the mail: there as in presses.py, by a hand, without signing in."""

from flask import abort, flash, render_template, request, session
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import NotFound

from cityexchange.core.db import db, utcnow
from cityexchange.core.i18n import local_time
from cityexchange.core.requests import whole_number
from cityexchange.core.web import authorize, me, public, see_other
from cityexchange.digest import reminders
from cityexchange.digest.ends import MODELS, end_of
from cityexchange.digest.labels import title_by_mail
from cityexchange.digest.limits import ANSWERS
from cityexchange.digest.models import REMINDED, Digest, DigestReminder
from cityexchange.digest.tokens import PressIsOver, read_reminding_token
from cityexchange.digest.views.blueprint import bp
from cityexchange.digest.views.presses import is_pressed


class ReminderEnded(NotFound):
    """The same of all that is no more: a link says nothing of what its member may not see."""

    words = (
        _l("There is nothing to be reminded of any more"),
        _l(
            "The deadline has passed or is too near, it has been done or called off, or the letter is older than a month."
            " Nothing was changed. Sign in to see what waits for you this week."
        ),
    )


@bp.post("/reminders")
def ask_for_reminder():
    reminder = named_reminder()
    authorize("ask", reminder)
    moment = moment_of(reminder, me())
    ANSWERS.spend(me().id)
    reminders.ask(reminder, moment)
    flash(_("You will be reminded on %(moment)s.", moment=local_time(moment)))
    return see_other(".show_digest")


@bp.post("/reminders/take-back")
def take_reminder_back():
    """Also of what is not open to the member any more."""
    named = named_reminder()
    authorize("take_back", named)
    if given := given_before(named):
        given.take_back()
    flash(_("You will not be reminded."))
    return see_other(".show_digest")


def named_reminder():
    record_type = request.args.get("record_type")
    if record_type not in REMINDED:
        abort(404)
    return DigestReminder.of(me(), record_type, whole_number("record_id"))


@bp.get("/remind/<token>")
@public
def show_reminding(token):
    return render_reminding(token, *find_reminder(token))


@bp.post("/remind/<token>")
@public
def press_reminding(token):
    member, reminder, moment = find_reminder(token)
    if not is_pressed():
        return render_reminding(token, member, reminder, moment), 422
    ANSWERS.spend(member.id)
    reminders.ask(reminder, moment)
    return see_other(".show_reminding", token=token)


@bp.post("/remind/<token>/take-back")
@public
def take_reminding_back(token):
    member, reminder, _moment = find_reminder(token)
    given = given_before(reminder)
    if given and is_pressed():
        ANSWERS.spend(member.id)
        given.take_back()
    return see_other(".show_reminding", token=token)


def find_reminder(token):
    """The member, what this link may ask for today, and when it would be told; ReminderEnded where anything of it is no more."""
    try:
        found = read_reminding_token(token) or abort(404)
    except PressIsOver:
        raise ReminderEnded from None
    digest = db.session.get(Digest, found.digest_id)
    if digest is None or digest.member_id != found.member_id or not digest.member.active:
        raise ReminderEnded
    reminder = DigestReminder.of(digest.member, found.record_type, found.record_id)
    moment = moment_of(reminder, digest.member)
    if title_by_mail(record_of(reminder), digest.member) is None:
        raise ReminderEnded  # what is said in confidence is shown to who signs in
    return digest.member, reminder, moment


def moment_of(reminder, member):
    return reminders.next_moment(member, *reminder.of_what, utcnow()) or end_it()


def end_it():
    raise ReminderEnded


def record_of(reminder):
    return db.session.get(MODELS[reminder.record_type], reminder.record_id)


def given_before(reminder):
    return DigestReminder.on(reminder.member_id, *reminder.of_what)


def render_reminding(token, member, reminder, moment):
    given, end = given_before(reminder), end_of(member, *reminder.of_what)
    context = {
        "until": end.isoformat(),
        "token": token,
        "member": member,
        "record": record_of(reminder),
        "given": given,
        "moment": moment,
    }
    if me().is_authenticated or "lang" in session:
        return render_template("digest/remind.html", **context)
    with force_locale(member.locale):
        return render_template("digest/remind.html", **context)
