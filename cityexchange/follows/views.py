from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import UnprocessableEntity

from cityexchange.core.registries import mine_parts
from cityexchange.core.web import authorize, find, me, way_back
from cityexchange.follows.kinds import LEVELS, followables
from cityexchange.follows.labels import NAMES
from cityexchange.follows.limits import FOLLOWS
from cityexchange.follows.listing import kinds_of, page_of
from cityexchange.follows.mine import followed
from cityexchange.follows.models import Follow

bp = Blueprint("follows", __name__, url_prefix="/follows")


class UnknownLevel(UnprocessableEntity):
    words = (
        _l("This cannot be chosen"),
        _l("Nothing was changed. Go back and choose one of the four levels."),
    )


@bp.get("")
def index_follows():
    asked, kinds = request.args.get("kind"), kinds_of(me())
    kind = asked if asked in kinds else None
    lines, stretch = page_of(me(), kind)
    choices = choices_among(kinds, kind)
    return render_template("follows/index.html", lines=lines, stretch=stretch, choices=choices)


def choices_among(kinds, chosen):
    """[(words, address, whether it is the one)] of all, then of each kind."""
    words = [(None, _("All")), *((kind, followables[kind].several) for kind in kinds)]
    return [(label, url_for(".index_follows", kind=kind), kind == chosen) for kind, label in words]


@bp.post("/<kind>/<int:id>")
def follow_record(kind, id):
    record, level = find_record(kind, id), request.form.get("level", "")
    authorize("follow", record)
    if level not in LEVELS:
        raise UnknownLevel
    FOLLOWS.spend(me().id)
    Follow.choose(me(), record, level)
    flash(_("Your choice is saved: %(level)s.", level=NAMES[level]))
    return back_to(kind, id)


@bp.post("/<kind>/<int:id>/end")
def end_follow(kind, id):
    """Also of what is no longer open to the member; pressed twice, it changes nothing."""
    authorize("end", Follow.on(me(), kind, id) or Follow.of(me(), find_record(kind, id)))
    FOLLOWS.spend(me().id)
    Follow.end(me(), kind, id)
    flash(_("Your choice for it is forgotten."))
    return redirect(way_back(otherwise=url_for(".index_follows")), 303)


def find_record(kind, id):
    followable = followables.get(kind) or abort(404)
    return find(followable.model, id)


def back_to(kind, id):
    """The page that the button stood on, where it was said and is ours."""
    return redirect(way_back(otherwise=None) or address_of(kind, id), 303)


def address_of(kind, id):
    (line,) = followables[kind].lines(me(), [id])
    return line.address


def init_app(app):
    app.register_blueprint(bp)
    mine_parts.add("follows", followed, order=30)
