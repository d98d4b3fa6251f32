"""Asking a colleague to translate, the texts that wait, and thanks to who did."""

from flask import flash, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import UnprocessableEntity

from cityexchange.core.policy import can
from cityexchange.core.web import authorize, me
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.choices import base, language_choices
from cityexchange.languages.limits import ASKS, THANKS
from cityexchange.languages.originals import blank_of, is_readable
from cityexchange.languages.signals import translators_thanked
from cityexchange.languages.thanks import thank
from cityexchange.languages.views.blueprint import bp
from cityexchange.languages.views.translating import RECORD, back, find_original, translations_of
from cityexchange.languages.waiting import languages_known, page_of


class NotThisLanguage(UnprocessableEntity):
    words = (
        _l("This is no language to ask for"),
        _l("The text is in this language already, or nobody here writes it. Nothing was changed."),
    )


@bp.get("/translations")
def index_asks():
    """What waits for somebody who knows the languages that the reader knows; into one of them, or all."""
    known = languages_known(me())
    language = asked if (asked := request.args.get("language")) in known else None
    lines, stretch = page_of(me(), [language] if language else known)
    context = {"lines": lines, "stretch": stretch, "known": known, "language": language}
    return render_template("languages/asks.html", **context)


@bp.post(f"{RECORD}/ask")
def ask_translation(record_type, id):
    original = find_original(record_type, id)
    language = language_asked_for()
    ask = TranslationAsk.of(me(), original, language)
    authorize("ask", ask)
    if language not in dict(language_choices(get_locale())) or language == base(original.language):
        raise NotThisLanguage
    ASKS.spend(me().id)
    if is_readable(original, language):
        flash(_("It is translated already."))
    else:
        ask.ask(original)
        flash(_("Colleagues who know both languages hear of it. You are told as soon as it is translated."))
    return back(original)


@bp.post(f"{RECORD}/thank")
def thank_translators(record_type, id):
    """For all fields of the record in this language that somebody else translated."""
    original, language = find_original(record_type, id), language_asked_for()
    authorize("read", blank_of(original))
    there = [one for one in translations_of(original) if base(one.language) == language]
    others = [one for one in there if can(me(), "thank", one)]
    THANKS.spend(me().id)
    thanked = [one for one in others if thank(me(), one)]
    if authors := {one.author_id for one in thanked} - {None}:
        translators_thanked.send(record=original, language=language, author_ids=sorted(authors))
    flash(said_of(others))
    return back(original)


def said_of(others):
    if others:
        return _("Your thanks are counted, and whoever translated it hears of them.")
    return _("There is nobody to thank: the translation is your own, a machine's, or gone.")


def language_asked_for():
    """That of the page, unless the button says another."""
    return base(request.form.get("language") or str(get_locale()))
