from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cityexchange.core.requests import whole_number
from cityexchange.core.web import authorize, find, me, wants_json, way_back
from cityexchange.notifications.counting import counted_unread
from cityexchange.notifications.kinds import KINDS
from cityexchange.notifications.limits import MARKS
from cityexchange.notifications.listing import kinds_of, page_of
from cityexchange.notifications.marking import mark_all, mark_group, mark_page
from cityexchange.notifications.models import Notification
from cityexchange.notifications.words import NAMES, happened

bp = Blueprint("notifications", __name__, url_prefix="/notifications")


@bp.get("")
def index_notifications():
    asked = request.args.get("filter")
    which = asked if asked in ("unread", *KINDS) else None
    kinds = [kind for kind in KINDS if kind in (which, *kinds_of(me()))]
    days, stretch = page_of(me(), which)
    newest = stretch.rows[0][0].id if stretch.rows else 0
    context = {"days": days, "stretch": stretch, "choices": choices_among(kinds, which)}
    kind = which if which in kinds else None
    return render_template("notifications/index.html", **context, newest=newest, which=which, kind=kind)


def choices_among(kinds, chosen):
    """[(words, address, whether it is the one)] of all, of what is unread, then of each kind where there are several."""
    words = [(None, _("All")), ("unread", _("Unread"))]
    if len(kinds) > 1:
        words += [(kind, NAMES[kind]) for kind in kinds]
    return [(label, url_for(".index_notifications", filter=which), which == chosen) for which, label in words]


@bp.post("/<int:id>/read")
def read_notification(id):
    """What stood together up to this one, from `earliest` on. A press on the line itself sends on its way what it leads to, that one alone,
    and waits for nothing; without JavaScript a button opens the page, with all that stands on it (`opens`)."""
    notification = find(Notification, id)
    authorize("read", notification)
    MARKS.spend(me().id)
    if "opens" in request.args:
        mark_page(notification)
    else:
        mark_group(notification, whole_number("earliest") or notification.id)
    return ("", 204) if wants_json() else back_to_list()


@bp.post("/read")
def read_notifications():
    """All, or all of a kind, up to the newest that was shown."""
    authorize("read", Notification(member_id=me().id, is_here=True))
    MARKS.spend(me().id)
    mark_all(me().id, whole_number("newest"), request.args.get("kind"))
    return back_to_list()


def back_to_list():
    return redirect(way_back(url_for(".index_notifications")), 303)


def init_app(app):
    app.register_blueprint(bp)
    app.jinja_env.globals["counted_unread"] = counted_unread
    app.jinja_env.filters["notification_happened"] = happened
