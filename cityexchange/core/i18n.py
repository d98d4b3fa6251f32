"""Language and zone of a request: this visit's choice, then the member's, then the browser's, then English."""

from datetime import datetime
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from babel import Locale, dates
from flask import request, session
from flask_babel import Babel, get_locale, get_timezone
from flask_babel import gettext as _
from flask_login import current_user

from cityexchange.core.zones import zone_in_words

CLOCK = "Hm"
"""Hours and minutes, by 24 hours in every language (CLDR skeleton)."""

LOCALES = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "zh": "中文",
}
LOCALE_CHOICES = [(code, name, {"lang": code}) for code, name in LOCALES.items()]
"""For `offered` (core/fields.py): each language says its own name."""


def init_app(app):
    # One for each application: a Babel remembers the catalogues it has read.
    Babel(
        app,
        default_locale="en",
        locale_selector=choose_locale,
        timezone_selector=choose_timezone,
    )
    app.before_request(keep_language_of_visit)
    app.context_processor(words_of_the_page)
    app.jinja_env.filters.update(
        local_time=local_time,
        local_date=local_date,
        local_clock=local_clock,
        zone_in_words=zone_in_words,
        language_name=language_name,
        language_names=language_names,
        in_language=in_language,
    )
    app.jinja_env.globals["locales"] = LOCALES


def words_of_the_page():
    locale = get_locale()
    return {"locale": str(locale), "text_direction": locale.text_direction}


def keep_language_of_visit():
    """?lang=xx holds for this visit; anything else in it is ignored."""
    if (asked := request.args.get("lang")) in LOCALES and session.get("lang") != asked:
        session["lang"] = asked


def in_language(query: bytes, code: str) -> str:
    """The address of the same page in another language, from the query it was asked with."""
    asked = dict(parse_qsl(query.decode(errors="replace"), keep_blank_values=True))
    return "?" + urlencode({**asked, "lang": code})


def choose_locale():
    if (visit := request.args.get("lang") or session.get("lang")) in LOCALES:
        return visit
    if getattr(current_user, "locale", None) in LOCALES:
        return current_user.locale
    return language_of(request.accept_languages)


def language_of(accepted):
    """Of ours, the one that a browser would like best."""
    return next(filter(LOCALES.get, _languages_in(accepted)), "en")


def languages_asked_for():
    """What the browser would like best first; each tag is followed by its language alone: fr-CA, fr, then en."""
    return _languages_in(request.accept_languages)


def _languages_in(accepted):
    for tag, quality in accepted:
        if quality > 0:
            yield from (tag.lower(), tag.lower().split("-")[0])


def choose_timezone():
    return getattr(current_user, "timezone", None) or "UTC"


def language_name(code: str) -> str:
    """The language's name in the reader's language; the code itself when unknown."""
    return _language_names(str(get_locale())).get(code, code)


def language_names(codes) -> str:
    """ "French, Arabic", with the comma that the reader's language writes."""
    return _(", ").join(map(language_name, codes))


@lru_cache(maxsize=32)
def _language_names(locale):
    # Babel merges a language's names with those of its parents anew whenever it is asked for them.
    return dict(Locale.parse(locale).languages)


def as_dates_are_written(locale: str) -> str:
    """English as most of its readers here write a date: 29 Nov 2026, never 11/29/26."""
    return "en_GB" if locale == "en" else locale


def local_time(moment: datetime, zone: str | None = None, format: str = "medium") -> str:
    """Date and time to the minute in `zone` (IANA), or in the reader's own zone; the date in `format`."""
    return _words_of_moment(moment, zone or str(get_timezone()), format, str(get_locale()))


@lru_cache(maxsize=8192)
def _words_of_moment(moment, zone, format, locale):
    # A page of posts asks for twenty, the next reader for the same twenty: Babel takes 0.1 ms for each.
    local, locale = moment.astimezone(ZoneInfo(zone)), as_dates_are_written(locale)
    day, time = dates.format_date(local, format, locale), dates.format_skeleton(CLOCK, local, locale=locale)
    # Babel's own "medium" shows seconds; this joins the two as the language does (CLDR dateTimeFormat).
    pattern = Locale.parse(locale).datetime_formats[format].replace("'", "")
    return pattern.replace("{0}", time).replace("{1}", day)


def local_clock(moment: datetime, zone: str | None = None) -> str:
    """The time of day alone, where the day stands above it."""
    return _words_of_clock(moment, zone or str(get_timezone()), str(get_locale()))


@lru_cache(maxsize=4096)
def _words_of_clock(moment, zone, locale):
    return dates.format_skeleton(
        CLOCK, moment.astimezone(ZoneInfo(zone)), locale=as_dates_are_written(locale)
    )


def local_date(moment, zone: str | None = None, format: str = "long") -> str:
    """A day, or the day of a moment in `zone` (IANA) or the reader's own zone."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(zone or str(get_timezone()))).date()
    return _words_of_day(moment, format, str(get_locale()))


@lru_cache(maxsize=4096)
def _words_of_day(day, format, locale):
    return dates.format_date(day, format, as_dates_are_written(locale))
