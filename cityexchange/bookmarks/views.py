from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cityexchange.bookmarks.forms import NoteForm
from cityexchange.bookmarks.kinds import keepables
from cityexchange.bookmarks.limits import BOOKMARKS
from cityexchange.bookmarks.listing import kinds_of, lines_of, page_of
from cityexchange.bookmarks.mine import kept_for_later
from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.registries import mine_parts
from cityexchange.core.web import authorize, find, me, see_other, way_back

bp = Blueprint("bookmarks", __name__, url_prefix="/bookmarks")


@bp.get("")
def index_bookmarks():
    asked, kinds = request.args.get("kind"), kinds_of(me())
    kind = asked if asked in kinds else None
    lines, stretch = page_of(me(), kind)
    choices = choices_among(kinds, kind)
    return render_template("bookmarks/index.html", lines=lines, stretch=stretch, choices=choices)


def choices_among(kinds, chosen):
    """[(words, address, whether it is the one)] of all, then of each kind."""
    words = [(None, _("All")), *((kind, keepables[kind].several) for kind in kinds)]
    return [(label, url_for(".index_bookmarks", kind=kind), kind == chosen) for kind, label in words]


@bp.post("/<kind>/<int:id>/keep")
def keep_record(kind, id):
    record = find_record(kind, id)
    authorize("keep", Bookmark.of(me(), record))
    BOOKMARKS.spend(me().id)
    Bookmark.keep(me(), record)
    flash(_("Kept for later. It stands among your bookmarks now."))
    return back_to(kind, id)


@bp.post("/<kind>/<int:id>/drop")
def drop_record(kind, id):
    """What has a note is asked about first, by whichever button it was."""
    authorize("drop", Bookmark.on(me(), kind, id) or Bookmark.of(me(), find_record(kind, id)))
    Bookmark.drop(me(), kind, id, with_note="with_note" in request.form)
    if left := Bookmark.on(me(), kind, id):
        return see_other(".confirm_drop", id=left.id, next=way_back(otherwise=None))
    flash(_("It is no longer among your bookmarks."))
    return back_to(kind, id)


@bp.get("/<int:id>/drop")
def confirm_drop(id):
    bookmark = find(Bookmark, id)
    authorize("drop", bookmark)
    (line,) = lines_of([bookmark], me())
    return render_template("bookmarks/drop.html", line=line, back=way_back(url_for(".index_bookmarks")))


@bp.get("/<int:id>/edit")
def edit_bookmark(id):
    line = find_line(id)
    authorize("edit", line.bookmark)
    return render_note(line, NoteForm(obj=line.bookmark))


@bp.post("/<int:id>/edit")
def update_bookmark(id):
    line, form = find_line(id), NoteForm()
    authorize("edit", line.bookmark)
    if not form.validate():
        return render_note(line, form), 422
    BOOKMARKS.spend(me().id)
    line.bookmark.edit(form.note.data)
    flash(_("Your note is saved."))
    return see_other(".index_bookmarks")


def find_line(id):
    """Of what is still open to the member."""
    (line,) = lines_of([find(Bookmark, id)], me())
    return line if line.kept else abort(404)


def render_note(line, form):
    return render_template("bookmarks/edit.html", line=line, form=form)


def find_record(kind, id):
    keepable = keepables.get(kind) or abort(404)
    return find(keepable.model, id)


def back_to(kind, id):
    """The page that the button stood on, where it was said and is ours."""
    return redirect(way_back(otherwise=url_for(keepables[kind].endpoint, id=id)), 303)


def init_app(app):
    app.register_blueprint(bp)
    mine_parts.add("bookmarks", kept_for_later, order=40)
