"""A page with its parts translated in one sitting."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale

from cityexchange.core.once import once
from cityexchange.core.web import authorize, me, see_other, way_back
from cityexchange.languages.choices import direction_of, language_choices
from cityexchange.languages.originals import blank_of
from cityexchange.languages.publishing import publish_all, thanks_for
from cityexchange.languages.reading import best_reading, reader_languages, suggested_language
from cityexchange.languages.sitting import ManyTexts
from cityexchange.languages.views.blueprint import bp
from cityexchange.languages.views.translating import RECORD, find_original
from cityexchange.languages.whole import whole_of

WHOLE = f"{RECORD}/whole/<language>"


@bp.get(f"{RECORD}/whole")
def new_whole(record_type, id):
    """Into the language asked for, or the one that the reader is likely to mean."""
    language = request.args.get("language") or suggested_language(find_original(record_type, id))
    language = language or next(code for code, _name in choices())
    if language not in dict(choices()):
        abort(404)
    named = {"record_type": record_type, "id": id, "language": language}
    return redirect(url_for(".edit_whole", **named, next=request.args.get("next")))


@bp.get(WHOLE)
def edit_whole(record_type, id, language):
    whole = find_sitting(record_type, id, language)
    return render_whole(whole, ManyTexts(whole.texts))


@bp.post(WHOLE)
@once
def update_whole(record_type, id, language):
    """All that is filled in; where an original has changed meanwhile nothing is published, and everything typed stays."""
    whole = find_sitting(record_type, id, language)
    authorize("create", blank_of(whole.record))
    form = ManyTexts(whole.texts)
    if not form.validate():
        return render_whole(whole, form), 422
    if form.overtaken():
        return render_whole(whole, form), 409
    flash(thanks_for(publish_all(form.written())))
    if find_sitting(record_type, id, language).left:
        return see_other(".edit_whole", **whole.names, next=request.args.get("next"))
    return redirect(way_back(otherwise=url_for(".new_translation", record_type=record_type, id=id)), 303)


def find_sitting(record_type, id, language):
    """404 for a language that nobody writes in."""
    record = find_original(record_type, id)
    return whole_of(record, me(), language) if language in dict(choices()) else abort(404)


def choices():
    return language_choices(get_locale())


def render_whole(whole, form):
    return render_template(
        "languages/whole.html",
        sitting=whole,
        form=form,
        choices=choices(),
        direction=direction_of(whole.language),
        back=way_back(otherwise=""),
        title=best_reading(reader_languages(), whole.record, type(whole.record).translated_fields[0]),
    )
