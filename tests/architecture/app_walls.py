"""The walls that only the assembled application can show."""

import ast
import inspect
import re
import textwrap

from cityexchange.core.limits.stores import DATABASE, PROCESS
from cityexchange.core.policy import policies
from cityexchange.core.sockets.handling import USUAL_LIMIT

LIMIT_ROW = re.compile(r"^\| (`\w[^|]*`) \| [^|]+ \| (\d+ for [^|]+) \| (\w+) \|$", re.M)
TIMES = {
    5: "5 seconds",
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


def rights_nobody_audits(model_base, policies, known):
    """Columns that a policy compares, its records' own words for them included, whose change leaves no row in the audit (core/audited.py)."""
    models = {mapper.class_.__name__: mapper.class_ for mapper in model_base.registry.mappers}
    for model, policy in policies.items():
        tree = _tree_of(policy)
        compared = {(models[one], name) for one, name in _named(tree) if one in models}
        compared |= {(model, name) for name in _asked_of(tree, "record")}
        for owner, name in sorted(_columns(compared), key=str):
            told = f"{owner.__name__}.{name}"
            if name not in getattr(owner, "audited", ()) and told not in known:
                yield f"{policy.__name__} compares {told}: name it in `audited`, or say why its change is no change of a right"


def _tree_of(piece):
    return ast.parse(textwrap.dedent(inspect.getsource(piece)))


def _named(tree):
    """(Model, name) of `Model.name`."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {(node.value.id, node.attr) for node in names if isinstance(node.value, ast.Name)}


def _asked_of(tree, owner):
    """Names of `self.record.name`, or of `self.name`."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    if owner == "record":
        return {node.attr for node in names if getattr(node.value, "attr", "") == "record"}
    return {node.attr for node in names if getattr(node.value, "id", "") == "self"}


def _columns(compared):
    """What stands in columns of their own: neither keys nor what the model makes of other columns."""
    seen, left = set(), list(compared)
    while left:
        model, name = one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        column = model.__mapper__.columns.get(name)
        if column is not None and not column.foreign_keys and not column.primary_key:
            yield one
        said = inspect.getattr_static(model, name, None)
        function = getattr(said, "fget", None) or (said if inspect.isfunction(said) else None)
        if function is not None:
            left += [(model, asked) for asked in _asked_of(_tree_of(function), "self")]
