"""The changes of an amendment in words, for a mail or for the history."""

from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _

from cityexchange.core.called import called_of
from cityexchange.core.i18n import language_name, language_names
from cityexchange.core.zones import zone_in_words
from cityexchange.events.words import clock_span, time_span
from cityexchange.workshops.amendments import Difference
from cityexchange.workshops.labels import AMENDED, MODES


class Change(NamedTuple):
    """What changed, and how it was and is: lines each, no lines for what was not there."""

    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def in_words(differences: list[Difference], zone: str) -> list[Change]:
    """`zone`: the reader's own."""
    return [_change(one, zone) for one in differences]


def _change(one, zone):
    what, before, after = one["what"], one["before"], one["after"]
    if what == "session":
        has_other_name = bool(before and after and before["title"] != after["title"])
        was, now = (_session(each, zone, has_other_name) for each in (before, after))
        return Change((after or before)["title"], was, now or (_("called off"),))
    return Change(str(AMENDED[what]), *(tuple(_value(what, each)) for each in (before, after)))


def _value(what, said):
    """Lines, none where nothing is said."""
    return _LINES.get(what, str.splitlines)(said) if said else ()


def _pairs(pairs):
    return [
        _("%(source)s – %(target)s", source=language_name(source), target=language_name(target))
        for source, target in pairs
    ]


_LINES: dict[str, Any] = {
    "host_city": lambda kept: [str(called_of(kept)) if kept.startswith("{") else kept],
    "mode": lambda mode: [str(MODES[mode])],
    "timezone": lambda zone: [zone_in_words(zone)],
    "working_languages": lambda codes: [language_names(codes)],
    "interpretation": _pairs,
}
"""What is kept as keys, or as all names of a city, in words."""


def _session(session, zone, is_named):
    """As clocks of the host show it, then as the reader's do."""
    if session is None:
        return ()
    starts, ends = (datetime.fromisoformat(session[name]) for name in ("starts", "ends"))
    there = clock_span(*(datetime.fromisoformat(clock) for clock in session["clock"]))
    lines = [session["title"]] if is_named else []
    lines.append(f"{there}, {zone_in_words(session['zone'], starts)}")
    if zone != session["zone"]:
        words = {"time": time_span(starts, ends, zone), "zone": zone_in_words(zone, starts)}
        lines.append(_("for you: %(time)s, %(zone)s", **words))
    return tuple(lines)
