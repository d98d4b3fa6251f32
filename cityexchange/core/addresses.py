"""The addresses that templates ask for: Flask's own, remembered. A page holds dozens, and the router builds each anew."""

import re
from typing import Any

from flask import has_request_context, request

PLAIN = re.compile(r"[A-Za-z0-9_-]+").fullmatch
MOST_PATTERNS = 2000
"""Far more than templates hold; the names of values may come with a request."""


def remembering(build):
    """`build` for plain values, numbers and words without signs: an address of each kind is built once, then filled."""
    patterns: dict[tuple[object, ...], str] = {}

    def url_for(endpoint, **values):
        for value in values.values():
            if type(value) is not int and (type(value) is not str or not PLAIN(value)):
                return build(endpoint, **values)
        if not has_request_context():
            return build(endpoint, **values)
        here: Any = request._get_current_object()  # type: ignore[attr-defined]  # the proxy asks for each name anew
        key = (
            here.root_path,
            endpoint[0] == "." and here.blueprint,
            endpoint,
            *values,
            *map(type, values.values()),
        )
        if (pattern := patterns.get(key)) is None:
            pattern = pattern_of(build, endpoint, values)
            if len(patterns) < MOST_PATTERNS:
                patterns[key] = pattern
        return pattern % values if pattern else build(endpoint, **values)

    return url_for


def pattern_of(build, endpoint, values):
    """The address with a place for each value, or nothing where there is more to it than putting them in."""
    if not all(name == "_anchor" or (name[0] != "_" and name.isidentifier()) for name in values):
        return ""
    stand_ins, others = (
        {name: _stand_in(value, number) for number, (name, value) in enumerate(values.items(), first)}
        for first in (10_001, 1)
    )
    try:
        pattern = build(endpoint, **stand_ins).replace("%", "%%")
    except ValueError:  # a word where a number belongs: the router says whether it is one
        return ""
    for name, stand_in in stand_ins.items():
        pattern = pattern.replace(str(stand_in), f"%({name})s")
    return pattern if pattern % others == build(endpoint, **others) else ""


def _stand_in(value, number):
    return number if type(value) is int else f"stand-in-{number}"
