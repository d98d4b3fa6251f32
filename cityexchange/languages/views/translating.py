from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cityexchange.core.db import db
from cityexchange.core.fields import named_apart
from cityexchange.core.once import once
from cityexchange.core.policy import visible_to
from cityexchange.core.web import authorize, can_current, find, me, way_back
from cityexchange.languages.forms import LanguageForm, translation_form
from cityexchange.languages.limits import TRANSLATIONS
from cityexchange.languages.models import Translation, correct
from cityexchange.languages.originals import blank_of, fields_of, parts_of, translatable
from cityexchange.languages.publishing import publish
from cityexchange.languages.reading import best_readings, reader_languages, suggested_language
from cityexchange.languages.views.blueprint import bp

RECORD = "/translations/<record_type>/<int:id>"


@bp.get(RECORD)
def new_translation(record_type, id):
    original = find_original(record_type, id)
    language = request.args.get("language") or suggested_language(original)
    texts = {one.field: one.text for one in translations_of(original) if one.language == language}
    return render_translation(
        original, translation_form(original, formdata=None, language=language, data=texts)
    )


@bp.post(RECORD)
@once
def create_translation(record_type, id):
    original = find_original(record_type, id)
    form = translation_form(original)
    if not form.validate():
        authorize("create", blank_of(original))
        return render_translation(original, form), 422
    TRANSLATIONS.spend(me().id)
    for field, text in form.translated().items():
        publish(original, field, form.language.data, text)
    flash(_("Thank you. Colleagues who read this language now see your translation."))
    return back(original)


@bp.post(f"{RECORD}/language")
def correct_language(record_type, id):
    original = find_original(record_type, id)
    authorize("correct", blank_of(original))
    form = LanguageForm()
    if not form.validate():
        return render_translation(original, translation_form(original, formdata=None), form), 422
    TRANSLATIONS.spend(me().id)
    correct(original, form.language.data)
    flash(_("The language of this text is corrected."))
    return back(original)


def find_original(record_type, id):
    original = find(translatable().get(record_type) or abort(404), id)
    return original if can_current("read", blank_of(original)) else abort(404)


def translations_of(original):
    of_it = {"record_type": type(original).__name__, "record_id": original.id}
    return db.session.scalars(visible_to(me(), Translation).filter_by(**of_it)).all()


def readings_of_parts(original):
    """[((class name, id, field), Reading)] of the first words of each part."""
    parts = parts_of(original)
    fields = {fields_of(type(part))[0] for part in parts}
    return best_readings(reader_languages(), parts, fields).items()


def render_translation(original, form, language_form=None):
    language_form = language_form or LanguageForm(formdata=None, language=original.language)
    named_apart(language_form.language, "original-language")
    return render_template(
        "languages/translation.html",
        original=original,
        record_type=type(original).__name__,
        form=form,
        language_form=language_form,
        about=blank_of(original),
        parts=readings_of_parts(original),
        translations=translations_of(original),
        back=way_back(otherwise=""),
    )


def back(original):
    here = url_for("languages.new_translation", record_type=type(original).__name__, id=original.id)
    return redirect(way_back(otherwise=here), 303)
