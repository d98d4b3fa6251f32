from functools import partial, wraps

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.exceptions import Conflict, UnprocessableEntity

from cityexchange.core.db import aftermath
from cityexchange.core.registries import mine_parts
from cityexchange.core.web import authorize, find, me, see_other, wants_json, way_back
from cityexchange.drafts.aside import set_aside, set_aside_after, take_up
from cityexchange.drafts.fields import BESIDE, MARK, THERE, copy_here, number_in, words_here, writer_here
from cityexchange.drafts.keeping import keep_words
from cityexchange.drafts.limits import DRAFTS
from cityexchange.drafts.listing import lines_of, named_texts, page_of
from cityexchange.drafts.mine import drafts_begun
from cityexchange.drafts.models import ChangedElsewhere, Draft, Full
from cityexchange.drafts.places import spot_of
from cityexchange.drafts.sent import Copy, SentDraft, keep_anew

bp = Blueprint("drafts", __name__, url_prefix="/drafts")


class NothingTyped(UnprocessableEntity):
    words = (
        _l("There is nothing to keep yet"),
        _l("Write some words in the form first. Nothing was changed."),
    )


class NoRoom(Conflict):
    words = (
        _l("You have too many drafts"),
        _l(
            "Open “My things” in the menu beside your name, then all drafts, and throw away what you no longer need."
        ),
    )


def both_shown(view):
    """Where another device has written meanwhile: both versions, and nothing is overwritten."""

    @wraps(view)
    def keep(**names):
        try:
            return view(**names)
        except Full:
            raise NoRoom from None
        except ChangedElsewhere as conflict:
            return render_both(conflict.there)

    return keep


def render_both(there):
    context = {"there": there, "theirs": named_texts(there.fields, there.place)}
    words = words_here()
    if words.opening:
        aftermath(partial(set_aside_after, me().id, there.place, words, writer_here()))
    if wants_json():
        return {"draft": there.mark, "html": render_template("drafts/_conflict.html", **context)}, 409
    texts = named_texts(words.fields, there.place)
    mine = {"fields": words.fields, "texts": texts, "mark": request.form.get(MARK, "")}
    return render_template("drafts/conflict.html", mine=mine, **context), 409


@bp.get("")
def index_drafts():
    lines, stretch = page_of(me())
    return render_template("drafts/index.html", lines=lines, stretch=stretch)


@bp.post("")
@both_shown
def keep_draft():
    """What the form at `place` holds now, sent by its button or by a script; whether one may write there is asked when it is sent there:
    a right that is lost meanwhile costs no words."""
    place = place_asked_for()
    authorize("keep", Draft.of(me(), place))
    words, copy = words_here(), copy_here()
    DRAFTS.spend(me().id)
    sent = SentDraft.of(me(), place, copy)
    if sent and wants_json() and sent.is_by(copy):
        return {"draft": "", "version": 0, "sent": notice_of(sent)}, 409
    draft = kept_at(spot_of(place), words, copy, sent) if words.opening else emptied_at(place)
    return answer_with(draft, sent if draft else None)


def answer_with(draft, sent):
    if wants_json():
        said = {"draft": draft.mark, "version": draft.version} if draft else {"draft": "", "version": 0}
        return said | ({"sent": notice_of(sent)} if sent else {})
    if sent:
        flash(told_of(sent), "info")
    flash(_("Your draft is kept. You find it here on any device.") if draft else _("The draft is gone."))
    return see_other(".index_drafts")


def told_of(sent, is_over=False):
    """`is_over`: there is nothing beside it that was written since."""
    return Markup(render_template("drafts/sent.html", sent=sent, is_over=is_over))


def notice_of(sent):
    return render_template("drafts/sent_notice.html", sent=sent)


@bp.get("/sent")
def show_sent():
    """For a form that has been open for long: whether what it began with was sent meanwhile. A part of a page, or nothing."""
    sent = SentDraft.of(me(), place_asked_for(), Copy(request.args.get(MARK, "")))
    return notice_of(sent) if sent else ("", 204)


def place_asked_for():
    place = request.args.get("place", "")
    return place if spot_of(place) else abort(404)


def kept_at(spot, words, copy, sent):
    place, is_several = request.args["place"], spot.place.is_several
    if sent:
        return keep_anew(me(), place, words, copy, copy.writer, 0 if is_several else None)
    beside = number_in(BESIDE) if is_several else None
    return keep_words(me(), place, words, copy.mark, copy.writer, beside)


def emptied_at(place):
    """Whoever takes all words out again wants no draft."""
    mark = request.form.get(MARK, "")
    if not mark:
        raise NothingTyped
    Draft.end(me(), place, mark, writer_here())


@bp.get("/<int:id>")
def show_draft(id):
    draft = find(Draft, id)
    (line,) = lines_of([draft], me())
    texts = named_texts(draft.fields, draft.place)
    return render_template("drafts/show.html", line=line, texts=texts)


@bp.post("/<int:id>/replace")
@both_shown
def replace_draft(id):
    """The words of the form are gone on with, and this version is set aside."""
    there, words = find(Draft, id), words_here()
    authorize("replace", there)
    if not words.opening:
        raise NothingTyped
    DRAFTS.spend(me().id)
    take_up(me(), there.place, words, writer_here())
    return on_to_form(there.replace(words, request.form.get(THERE, ""), writer_here()))


@bp.post("/<int:id>/prefer")
@both_shown
def prefer_draft(id):
    """This version is gone on with, and the words of the form are set aside."""
    there, words = find(Draft, id), words_here()
    authorize("prefer", there)
    DRAFTS.spend(me().id)
    if words.opening:
        there.prefer(request.form.get(THERE, ""))
        set_aside(me(), there.place, words, writer_here())
    return on_to_form(there)


def on_to_form(draft):
    flash(_("The other version stands among your drafts."))
    return to_form(draft)


def to_form(draft):
    """Or to the list, where one may not write there any more."""
    (line,) = lines_of([draft], me())
    return redirect(line.way_on or url_for(".index_drafts"), 303)


@bp.post("/<int:id>/discard")
def discard_draft(id):
    draft = find(Draft, id)
    authorize("discard", draft)
    draft.discard()
    flash(_("The draft is gone."))
    return redirect(way_back(otherwise=url_for(".index_drafts")), 303)


def init_app(app):
    app.register_blueprint(bp)
    mine_parts.add("drafts", drafts_begun, order=10)
