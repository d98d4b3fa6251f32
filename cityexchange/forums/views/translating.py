"""A whole discussion translated in one sitting."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale

from cityexchange.core.once import once
from cityexchange.core.web import authorize, me, see_other
from cityexchange.forums.translating import ThreadForm, sitting_of
from cityexchange.forums.views.blueprint import bp
from cityexchange.forums.views.topics import find_topic
from cityexchange.languages.choices import direction_of, language_choices
from cityexchange.languages.originals import blank_of
from cityexchange.languages.publishing import publish_all, thanks_for
from cityexchange.languages.reading import suggested_language

PLACE = "/topics/<int:id>/translations/<language>/<int:number>"


@bp.get("/topics/<int:id>/translations")
def new_translations(id):
    """Into the language asked for, or the one that the reader is likely to mean."""
    topic = find_topic(id)
    asked = request.args.get("language")
    language = asked or suggested_language(topic) or next(code for code, _name in choices())
    if language not in dict(choices()):
        abort(404)
    return redirect(url_for(".edit_translations", id=id, language=language, number=1))


@bp.get(PLACE)
def edit_translations(id, language, number):
    sitting = sitting_of(find_topic(id), me(), language, number)
    form = ThreadForm(sitting.texts)
    form.overtaken()
    return render_sitting(sitting, form)


@bp.post(PLACE)
@once
def update_translations(id, language, number):
    """All that is filled in; a text whose original has changed takes the others back with it, and everything typed stays."""
    sitting = sitting_of(find_topic(id), me(), language, number)
    authorize("create", blank_of(sitting.topic))
    form = ThreadForm(sitting.texts)
    if not form.validate():
        return render_sitting(sitting, form), 422
    if form.overtaken():
        return render_sitting(sitting, form), 409
    flash(thanks_for(publish_all(form.written())))
    return on_from(sitting_of(sitting.topic, me(), language, number))


def on_from(sitting):
    """To what is left on this page, to the next one, or to the discussion."""
    if sitting.left:
        return see_other(".edit_translations", **sitting.names)
    if sitting.number < sitting.pages:
        return see_other(".edit_translations", **(sitting.names | {"number": sitting.number + 1}))
    return see_other(".show_topic", id=sitting.topic.id)


def choices():
    return language_choices(get_locale())


def render_sitting(sitting, form):
    return render_template(
        "forums/translate.html",
        sitting=sitting,
        topic=sitting.topic,
        form=form,
        choices=choices(),
        direction=direction_of(sitting.language),
    )
