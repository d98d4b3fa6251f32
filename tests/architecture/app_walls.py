"""The walls that only the assembled application can show."""

import re

from cityexchange.core.limits.stores import DATABASE, PROCESS
from cityexchange.core.policy import policies
from cityexchange.core.sockets.handling import USUAL_LIMIT

LIMIT_ROW = re.compile(r"^\| (`\w[^|]*`) \| [^|]+ \| (\d+ for [^|]+) \| (\w+) \|$", re.M)
TIMES = {
    10: "10 seconds",
    60: "a minute",
    300: "5 minutes",
    900: "15 minutes",
    3600: "an hour",
    86400: "a day",
}
COUNTED_IN = {DATABASE: "database", PROCESS: "process"}


def public_pages(app):
    """The endpoints that answer a visitor."""
    views = app.view_functions
    return {name for name in views if name == "static" or getattr(views[name], "is_public", False)}


def models_without_policy(model_base):
    """The names of mapped classes for which no policy was written."""
    mapped = {mapper.class_ for mapper in model_base.registry.mappers}
    return {model.__name__ for model in mapped - policies().keys()}


def templates_that_do_not_compile(environment):
    for name in environment.list_templates():
        try:
            environment.get_template(name)
        except Exception as error:
            yield f"{name}: {error}"


def limits_told_otherwise(limits, paper):
    """Limits that SECURITY.md does not tell as they are declared, and those that it tells of and nobody declares."""
    are = {_told_name(limit): _told_rule(limit) for limit in limits}
    told = {
        name: (rule, place)
        for names, rule, place in LIMIT_ROW.findall(paper)
        for name in re.findall(r"`([^`]+)`", names)
    }
    for name in sorted(are.keys() | told.keys()):
        if are.get(name) != told.get(name):
            yield f"limit {name!r} is {are.get(name)}, SECURITY.md tells {told.get(name)}"


def _told_name(limit):
    """What live events have where they declare no limit of their own stands in one row."""
    is_usual = all(getattr(limit, name) == value for name, value in USUAL_LIMIT.items())
    return "other:event" if is_usual and ":" in limit.name else limit.name


def _told_rule(limit):
    return f"{limit.most} for {limit.each} in {TIMES[limit.seconds]}", COUNTED_IN[limit.store]
