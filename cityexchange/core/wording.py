"""The words of pages, found as fast as a page of eighty sentences needs them.

Flask-Babel looks for context, domain, locale and catalogue at every word (8 µs). Here a context finds its catalogue once,
where Flask-Babel's own `force_locale` and `refresh` forget it again, and a sentence becomes markup once for each language.
"""

from typing import Any

from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Domain
from jinja2 import Template, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


class QuickDomain(Domain):
    """Flask-Babel's domain of messages, asked once for each context and language."""

    def get_translations(self) -> NullTranslations:
        spoken = g.get("_flask_babel") if g else None
        if spoken is None:
            return super().get_translations()
        if (catalogue := getattr(spoken, "babel_translations", None)) is None:
            catalogue = spoken.babel_translations = super().get_translations()
        return catalogue


class Sentence(Markup):
    """A sentence as markup, and as it stands where nothing is put into it."""

    alone: Markup

    def __new__(cls, words: str) -> "Sentence":
        sentence = super().__new__(cls, words)
        sentence.alone = Markup(words.replace("%%", "%"))
        return sentence


def speak(app: Flask, domain: Domain) -> None:
    """gettext and ngettext for templates, in Jinja's new style: what is put into a sentence is escaped."""

    @pass_eval_context
    def gettext(context: EvalContext, sentence: str, **variables: Any) -> str:
        catalogue = domain.get_translations()
        if not context.autoescape:
            return catalogue.ugettext(sentence) % variables
        ready = _ready(catalogue, sentence)
        return ready % variables if variables else ready.alone

    @pass_eval_context
    def ngettext(context: EvalContext, singular: str, plural: str, num: int, **variables: Any) -> str:
        words = domain.get_translations().ungettext(singular, plural, num)
        return (Markup(words) if context.autoescape else words) % {"num": num, **variables}

    app.jinja_env.globals.update(gettext=gettext, ngettext=ngettext, _=gettext)


def _ready(catalogue: Any, sentence: str) -> Sentence:
    kept = catalogue.__dict__.setdefault("ready_markup", {})
    if sentence not in kept:
        kept[sentence] = Sentence(catalogue.ugettext(sentence))
    return kept[sentence]


class PageTemplate(Template):
    """Macros are imported without looking for globals that one template has and another lacks: ours all have the same."""

    def _get_default_module(self, ctx=None):
        return super()._get_default_module()


def init_app(app: Flask) -> None:
    babel = app.extensions["babel"].instance
    babel.domain_instance = QuickDomain()
    app.jinja_env.template_class = PageTemplate
    speak(app, babel.domain_instance)
